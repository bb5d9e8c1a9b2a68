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
import { productScratchBytes } from './scratch.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { guarded, guardedScratch, runWithin } from './testing/runWithin.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const THREADS = [1, 2, 5];
const NONE = new Float32Array();

interface Extents {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

const extents: fc.Arbitrary<Extents> = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    depth: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(1)),
    columns: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 8, 10, 17, 24)),
  })
  // Of few sums all may be near 0, next to which any rounding is large.
  .filter(({ rows, columns }) => rows * columns >= 4);

/** What the property may not happen to meet. */
const examples: [Extents][] = [
  [{ rows: 1, depth: 1, columns: 1 }],
  [{ rows: 1, depth: 5, columns: 1 }],
  [{ rows: 1, depth: 3, columns: 130 }],
  [{ rows: 32, depth: 1024, columns: 10 }],
];

interface Options {
  readonly transposeB?: boolean;
  readonly bias?: Float32Array;
  readonly relu?: boolean;
  readonly threads?: number;
}

/** An empty bias is none. */
function multiply(
  { rows, depth, columns }: Extents,
  [a, b]: readonly [Float32Array, Float32Array],
  { transposeB = false, bias = NONE, relu = false, threads = 1 }: Options = {},
): Float32Array {
  lab.clear();
  const c = guarded(lab, 4 * rows * columns);
  const scratch = guardedScratch(lab, productScratchBytes(rows, 1, depth), threads);
  const addresses = [lab.floats(a), lab.floats(b), bias.length ? lab.floats(bias) : 0, c.at];
  const flags = [transposeB ? 1 : 0, relu ? 1 : 0];
  const args = [...addresses, rows, depth, columns, ...flags, ...scratch.args];
  runWithin(lab, 'matMul', args, threads, [c, ...scratch.ranges]);
  return lab.read(c.at, rows * columns);
}

function transposed(
  values: Float32Array,
  rows: number,
  columns: number,
  threads = 1,
): Float32Array {
  lab.clear();
  const to = guarded(lab, 4 * values.length);
  runWithin(lab, 'transpose', [lab.floats(values), to.at, rows, columns], threads, [to]);
  return lab.read(to.at, values.length);
}

/** The gradients of a dense layer: the operand that tf.matMul takes transposed is so beforehand. */
function denseGradients(
  { rows, depth, columns }: Extents,
  { x, weights, dy }: Record<'x' | 'weights' | 'dy', Float32Array>,
  threads = 1,
) {
  const turned = transposed(x, rows, depth, threads);
  return {
    dx: multiply({ rows, depth: columns, columns: depth }, [dy, weights], {
      transposeB: true,
      threads,
    }),
    dweights: multiply({ rows: depth, depth: rows, columns }, [turned, dy], { threads }),
  };
}

const floatsOf = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());

const onTfjs = ({ rows, depth, columns }: Extents): GradientCase => ({
  name: 'tf.matMul',
  shapes: [
    [rows, depth],
    [depth, columns],
  ],
  compute: ([x, weights]) => tf.matMul(x as tf.Tensor, weights as tf.Tensor),
});

const onKernels = (size: Extents): GradientCase => ({
  ...onTfjs(size),
  compute: (inputs) =>
    tf.customGrad((...operands) => {
      const { rows, depth, columns } = size;
      const values = operands.slice(0, 2).map((operand) => floatsOf(operand as tf.Tensor));
      const [x = NONE, weights = NONE] = values;
      return {
        value: tf.tensor2d(multiply(size, [x, weights]), [rows, columns]),
        gradFunc: (dy: tf.Tensor) => {
          const { dx, dweights } = denseGradients(size, { x, weights, dy: floatsOf(dy) });
          return [tf.tensor2d(dx, [rows, depth]), tf.tensor2d(dweights, [depth, columns])];
        },
      };
    })(...inputs),
});

describe('the product of two matrices', () => {
  it('is that of tfjs-cpu, the right one transposed or not', () => {
    fc.assert(
      fc.property(extents, (size) => {
        const { rows, depth, columns } = size;
        const [a, b] = [sampleValues([rows, depth], 1), sampleValues([depth, columns], 2)];
        const reference = tf.tidy(() =>
          floatsOf(tf.matMul(tf.tensor2d(a, [rows, depth]), tf.tensor2d(b, [depth, columns]))),
        );
        const turned = tf.tidy(() => floatsOf(tf.transpose(tf.tensor2d(b, [depth, columns]))));

        const product = multiply(size, [a, b]);

        expect(relativeError(product, reference)).toBeLessThan(1e-5);
        expect(multiply(size, [a, turned], { transposeB: true })).toEqual(product);
      }),
      { examples },
    );
  });

  it('has the same bits for any number of threads', () => {
    fc.assert(
      fc.property(extents, fc.boolean(), (size, transposeB) => {
        const { rows, depth, columns } = size;
        const [a, b] = [sampleValues([rows, depth], 1), sampleValues([depth, columns], 2)];
        const [one, ...others] = THREADS.map((threads) =>
          multiply(size, [a, b], { transposeB, threads }),
        );

        for (const other of others) expect(other).toEqual(one);
      }),
      {
        examples: examples.flatMap(
          ([size]) =>
            [
              [size, false],
              [size, true],
            ] as [Extents, boolean][],
        ),
      },
    );
  });

  it('takes the bias to every row, and then cuts off what is negative', () => {
    const options = fc.record({
      ...{ biased: fc.boolean(), relu: fc.boolean(), transposeB: fc.boolean() },
      threads: fc.constantFrom(...THREADS),
    });
    fc.assert(
      fc.property(extents, options, (size, { biased, relu, transposeB, threads }) => {
        const { rows, depth, columns } = size;
        const [a, b] = [sampleValues([rows, depth], 1), sampleValues([depth, columns], 2)];
        const bias = biased ? sampleValues([columns], 3) : NONE;
        const expected = multiply(size, [a, b], { transposeB }).map((sum, i) => {
          const value = sum + (bias[i % columns] ?? 0);
          return relu ? Math.max(value, 0) : value;
        });

        expect(multiply(size, [a, b], { transposeB, bias, relu, threads })).toEqual(expected);
      }),
    );
  });

  it('has the gradients of tfjs-cpu, made of two more products', async () => {
    await fc.assert(
      fc.asyncProperty(extents, fc.constantFrom(...THREADS), async (size, threads) => {
        const { rows, depth, columns } = size;
        const x = sampleValues([rows, depth], 1);
        const weights = sampleValues([depth, columns], 2);
        const dy = sampleValues([rows, columns], 99);
        const [, dxOfTfjs, dweightsOfTfjs] = await outputAndGradients(onTfjs(size));

        const { dx, dweights } = denseGradients(size, { x, weights, dy }, threads);

        expect(relativeError(dx, dxOfTfjs ?? NONE)).toBeLessThan(1e-4);
        expect(relativeError(dweights, dweightsOfTfjs ?? NONE)).toBeLessThan(1e-4);
      }),
    );
  });

  it('has gradients that are its slope', async () => {
    const errors = await slopeErrors(onKernels({ rows: 7, depth: 9, columns: 17 }));

    expect(errors).toHaveLength(2);
    for (const error of errors) expect(error).toBeLessThan(2e-3);
  });
});

it('the transpose of a matrix has its rows as columns, whatever the number of threads', () => {
  const extent = fc.integer({ min: 1, max: 33 });
  fc.assert(
    fc.property(extent, extent, fc.constantFrom(...THREADS), (rows, columns, threads) => {
      const values = sampleValues([rows, columns], 1);
      const expected = values.map(
        (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? Number.NaN,
      );

      expect(transposed(values, rows, columns, threads)).toEqual(expected);
    }),
  );
});
