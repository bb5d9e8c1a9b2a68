import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GradientCase,
  outputAndGradients,
  relativeError,
  sampleValues,
} from '../testing/compare.ts';
import { slopeErrors } from '../testing/slope.ts';
import { tf } from '../tfjs/tf.ts';
import { filterGradientScratchBytes, productScratchBytes } from './scratch.ts';
import { type ConvCase, convCases, convExtents } from './testing/convCases.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { guarded, guardedScratch, runWithin } from './testing/runWithin.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const THREADS = [1, 2, 5];
const NONE = new Float32Array();

/** The images with zeros around them, in the memory, and what the kernels are told about them. */
function padForWindows(convCase: ConvCase, x: Float32Array, threads: number) {
  const { shape, filter, stride } = convCase;
  const { outHeight, outWidth, top, left } = convExtents(convCase);
  const [height, width] = [
    (outHeight - 1) * stride + filter[0],
    (outWidth - 1) * stride + filter[1],
  ];
  const padded = lab.result(shape[0] * height * width * shape[3]);
  const placing = [top, left, 1, height, width];
  lab.run('padImages', [lab.floats(x), padded, ...shape, ...placing], threads);
  const windows = [shape[0], height, width, shape[3], outHeight, outWidth];
  return { padded, numbers: [...windows, filter[0], filter[1], stride, filter[3]] };
}

interface Options {
  readonly bias?: Float32Array;
  readonly relu?: boolean;
  readonly threads?: number;
}

/** An empty bias is none. */
function convolve(
  convCase: ConvCase,
  [x, filters]: readonly [Float32Array, Float32Array],
  { bias = NONE, relu = false, threads = 1 }: Options = {},
): Float32Array {
  lab.clear();
  const { filter } = convCase;
  const { outShape } = convExtents(convCase);
  const { padded, numbers } = padForWindows(convCase, x, threads);
  const count = tf.util.sizeFromShape(outShape);
  const y = guarded(lab, 4 * count);
  const rows = count / filter[3];
  const bytes = productScratchBytes(rows, filter[0], filter[1] * filter[2]);
  const scratch = guardedScratch(lab, bytes, threads);
  const addresses = [padded, lab.floats(filters), bias.length ? lab.floats(bias) : 0, y.at];
  const args = [...addresses, ...numbers, relu ? 1 : 0, ...scratch.args];
  runWithin(lab, 'conv2d', args, threads, [y, ...scratch.ranges]);
  return lab.read(y.at, count);
}

function inputGradient(
  convCase: ConvCase,
  [filters, dy]: readonly [Float32Array, Float32Array],
  threads = 1,
): Float32Array {
  lab.clear();
  const { shape, filter, stride } = convCase;
  const [batch, inHeight, inWidth, inChannels] = shape;
  const [filterHeight, filterWidth, , outChannels] = filter;
  const { outHeight, outWidth, top, left } = convExtents(convCase);
  const [height, width] = [inHeight + filterHeight - 1, inWidth + filterWidth - 1];
  const padded = lab.result(batch * height * width * outChannels);
  lab.run(
    'padImages',
    [
      ...[lab.floats(dy), padded, batch, outHeight, outWidth, outChannels],
      ...[filterHeight - 1 - top, filterWidth - 1 - left, stride, height, width],
    ],
    threads,
  );
  const count = tf.util.sizeFromShape(shape);
  const dx = guarded(lab, 4 * count);
  const bytes = productScratchBytes(count / inChannels, filterHeight, filterWidth * outChannels);
  const scratch = guardedScratch(lab, bytes, threads);
  const args = [
    ...[padded, lab.floats(filters), dx.at, batch, height, width, outChannels],
    ...[inHeight, inWidth, filterHeight, filterWidth, inChannels, ...scratch.args],
  ];
  runWithin(lab, 'conv2dInputGradient', args, threads, [dx, ...scratch.ranges]);
  return lab.read(dx.at, count);
}

function filterGradient(
  convCase: ConvCase,
  [x, dy]: readonly [Float32Array, Float32Array],
  threads = 1,
): Float32Array {
  lab.clear();
  const { shape, filter } = convCase;
  const { outHeight, outWidth } = convExtents(convCase);
  const { padded, numbers } = padForWindows(convCase, x, threads);
  const count = tf.util.sizeFromShape(filter);
  const dfilters = guarded(lab, 4 * count);
  const bytes = filterGradientScratchBytes(shape[0], outHeight * outWidth);
  const scratch = guardedScratch(lab, bytes, threads);
  const args = [padded, lab.floats(dy), dfilters.at, ...numbers, ...scratch.args];
  runWithin(lab, 'conv2dFilterGradient', args, threads, [dfilters, ...scratch.ranges]);
  return lab.read(dfilters.at, count);
}

/** With the same operands as `outputAndGradients`. */
function operandsOf(convCase: ConvCase) {
  const x = sampleValues(convCase.shape, 1);
  const filters = sampleValues(convCase.filter, 2);
  const dy = sampleValues(convExtents(convCase).outShape, 99);
  return { x, filters, dy };
}

const onTfjs = ({ shape, filter, stride, pad }: ConvCase): GradientCase => ({
  name: 'tf.conv2d',
  shapes: [shape, filter],
  compute: ([x, filters]) => tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, stride, pad),
});

const onKernels = (convCase: ConvCase): GradientCase => ({
  name: 'conv2d and its gradients',
  shapes: [convCase.shape, convCase.filter],
  compute: (inputs) =>
    tf.customGrad((...operands) => {
      const values = operands.slice(0, 2).map((operand) => floatsOf(operand as tf.Tensor));
      const [x = NONE, filters = NONE] = values;
      return {
        value: tf.tensor(convolve(convCase, [x, filters]), convExtents(convCase).outShape),
        gradFunc: (dy: tf.Tensor) => [
          tf.tensor(inputGradient(convCase, [filters, floatsOf(dy)]), convCase.shape),
          tf.tensor(filterGradient(convCase, [x, floatsOf(dy)]), convCase.filter),
        ],
      };
    })(...inputs),
});

const floatsOf = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());

const PADDING: ConvCase['pad'] = [
  [0, 0],
  [3, 1],
  [0, 2],
  [0, 0],
];

/** What the property may not happen to meet. */
const rareCases: ConvCase[] = [
  // An image by itself has more pixels than the filter gradient takes at once.
  { shape: [2, 14, 15, 3], filter: [3, 3, 3, 8], stride: 1, pad: 'same' },
  // It takes 12 images at once, and the last are fewer.
  { shape: [29, 4, 4, 1], filter: [2, 3, 1, 9], stride: 1, pad: 'same' },
  { shape: [2, 9, 7, 1], filter: [11, 11, 1, 24], stride: 1, pad: 'same' },
  { shape: [1, 23, 23, 3], filter: [11, 11, 3, 4], stride: 4, pad: 'valid' },
  // Windows that lie in the padding alone, and pixels that no window meets.
  { shape: [2, 6, 7, 3], filter: [1, 2, 3, 5], stride: 3, pad: PADDING },
  { shape: [3, 1, 1, 96], filter: [1, 1, 96, 24], stride: 1, pad: 'valid' },
];

const examples = rareCases.map((convCase): [ConvCase] => [convCase]);

describe('a convolution on padded images', () => {
  it('has the output and the gradients of tfjs-cpu', async () => {
    await fc.assert(
      fc.asyncProperty(convCases, async (convCase) => {
        const { x, filters, dy } = operandsOf(convCase);
        const [y, dx, dfilters] = await outputAndGradients(onTfjs(convCase));

        expect(relativeError(convolve(convCase, [x, filters]), y ?? NONE)).toBeLessThan(1e-5);
        expect(relativeError(inputGradient(convCase, [filters, dy]), dx ?? NONE)).toBeLessThan(
          1e-4,
        );
        expect(relativeError(filterGradient(convCase, [x, dy]), dfilters ?? NONE)).toBeLessThan(
          1e-4,
        );
      }),
      { examples },
    );
  }, 60_000);

  it('has the same bits for any number of threads', () => {
    fc.assert(
      fc.property(convCases, (convCase) => {
        const { x, filters, dy } = operandsOf(convCase);
        const [one, ...others] = THREADS.map((threads) => [
          convolve(convCase, [x, filters], { threads }),
          inputGradient(convCase, [filters, dy], threads),
          filterGradient(convCase, [x, dy], threads),
        ]);

        for (const other of others) expect(other).toEqual(one);
      }),
      { examples },
    );
  }, 60_000);

  it('adds the bias to every sum, and then cuts off what is negative', () => {
    const options = fc.record({
      ...{ biased: fc.boolean(), relu: fc.boolean() },
      threads: fc.constantFrom(...THREADS),
    });
    fc.assert(
      fc.property(convCases, options, (convCase, { biased, relu, threads }) => {
        const { x, filters } = operandsOf(convCase);
        const outChannels = convCase.filter[3];
        const bias = biased ? sampleValues([outChannels], 3) : NONE;
        const expected = convolve(convCase, [x, filters]).map((sum, i) => {
          const value = sum + (bias[i % outChannels] ?? 0);
          return relu ? Math.max(value, 0) : value;
        });

        expect(convolve(convCase, [x, filters], { bias, relu, threads })).toEqual(expected);
      }),
    );
  }, 60_000);

  it.each([
    { shape: [2, 6, 5, 3], filter: [5, 4, 3, 9], stride: 1, pad: 'same' },
    { shape: [2, 9, 8, 2], filter: [3, 3, 2, 3], stride: 2, pad: 'valid' },
    { shape: [3, 5, 6, 1], filter: [2, 3, 1, 8], stride: 3, pad: PADDING },
  ] satisfies ConvCase[])(
    'has gradients that are its slope: $filter at stride $stride',
    async (convCase) => {
      const errors = await slopeErrors(onKernels(convCase));

      expect(errors).toHaveLength(2);
      for (const error of errors) expect(error).toBeLessThan(2e-3);
    },
  );
});
