import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { webgpuPipelines, webgpuTraits } from '../../device.ts';
import { type GradientCase, outputAndGradients, relativeError } from '../../testing/compare.ts';
import { tf } from '../../tfjs/tf.ts';
import { webgpuBackend } from '../../tfjs/webgpuInternals.ts';
import {
  installKernels,
  startWithOurKernels,
  uninstallKernels,
} from '../testing/dropIn/install.ts';

/** Our kernels, called by tfjs as training calls them, on shapes that nobody chose. */

const OUTPUT_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-4;

const faults: Error[] = [];

/** Shaders that tfjs brought, and those that we did. */
const spyOnShaders = () => ({
  tfjs: vi.spyOn(webgpuBackend(), 'runWebGPUProgram'),
  ours: vi.spyOn(webgpuPipelines(), 'get'),
});
let shaders: ReturnType<typeof spyOnShaders>;

beforeAll(async () => {
  await startWithOurKernels((problem) => faults.push(problem));
});
beforeEach(() => {
  shaders = spyOnShaders();
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(faults).toEqual([]);
});

async function expectAgreement(gradientCase: GradientCase): Promise<void> {
  await tf.setBackend('cpu');
  const references = await outputAndGradients(gradientCase);
  await tf.setBackend('webgpu');
  const results = await outputAndGradients(gradientCase);

  const errors = results.map((result, i) => relativeError(result, references[i] ?? result));
  const [output = Number.NaN, ...gradients] = errors;
  expect(output, 'the output').toBeLessThanOrEqual(OUTPUT_TOLERANCE);
  expect(gradients).toHaveLength(gradientCase.shapes.length);
  for (const gradient of gradients) expect(gradient).toBeLessThanOrEqual(GRADIENT_TOLERANCE);
}

/** Runs the cases, the same every time, and makes sure that it was our shaders that computed them. */
async function forAll(cases: fc.Arbitrary<GradientCase>, numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(cases, expectAgreement), { numRuns, seed: SEED });
  expect(shaders.tfjs).not.toHaveBeenCalled();
  expect(shaders.ours.mock.calls.length).toBeGreaterThanOrEqual(2 * numRuns);
}

/** That of `scripts/lib/seedPropertyTests.mjs`, which reads the environment that browsers lack. */
const SEED = 1;

const size = (max: number) => fc.integer({ min: 1, max });
const channels = fc.constantFrom(1, 2, 3, 4, 5, 8, 12);
const pad = fc.constantFrom<('same' | 'valid')[]>('same', 'valid');
const image = fc.tuple(size(3), size(9), size(9), channels);
/** Heights and widths. */
const pair = (max: number) => fc.tuple(size(max), size(max));

const convolutions = fc
  .record({ image, channels, pad, filter: pair(5), strides: pair(3) })
  .map(({ image: [batch, height, width, inChannels], filter: [h, w], ...rest }): GradientCase => {
    const fits = rest.pad === 'valid';
    const filter = [fits ? Math.min(h, height) : h, fits ? Math.min(w, width) : w];
    const shapes = [
      [batch, height, width, inChannels],
      [...filter, inChannels, rest.channels],
    ];
    return {
      name: `conv2d of ${shapes.join(' by ')}, ${rest.pad}, strides ${rest.strides}`,
      shapes,
      compute: ([x, filters]) =>
        tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, rest.strides, rest.pad),
    };
  });

const products = (transposeA: boolean, transposeB: boolean) =>
  fc
    .record({
      batch: fc.constantFrom([], [1], [3], [2, 2]),
      rows: size(20),
      columns: size(20),
      depth: fc.oneof(size(40), fc.constantFrom(128, 192)),
    })
    .map(({ batch, rows, columns, depth }): GradientCase => {
      const a = transposeA ? [depth, rows] : [rows, depth];
      const b = transposeB ? [columns, depth] : [depth, columns];
      return {
        name: `matMul of ${batch} ${a} by ${b}`,
        shapes: [
          [...batch, ...a],
          [...batch, ...b],
        ],
        compute: ([x, y]) => tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB),
      };
    });

const normalisations = fc
  .record({
    image,
    depthRadius: fc.integer({ min: 0, max: 6 }),
    bias: fc.constantFrom(0.5, 1, 2),
    alpha: fc.constantFrom(1e-4, 0.1, 1),
    beta: fc.constantFrom(0.5, 0.6, 0.75, 1),
  })
  .map(
    ({ image: shape, depthRadius, bias, alpha, beta }): GradientCase => ({
      name: `LRN of ${shape}, radius ${depthRadius}, ${bias} + ${alpha}, ^${beta}`,
      shapes: [shape],
      compute: ([x]) =>
        tf.localResponseNormalization(x as tf.Tensor4D, depthRadius, bias, alpha, beta),
    }),
  );

const poolings = fc
  .record({ image, pad, window: pair(4), strides: pair(3) })
  // tfjs computes windows of one pixel by itself.
  .filter(({ window: [h, w] }) => h * w > 1)
  .filter(({ image: [, height, width], window: [h, w], pad }) =>
    pad === 'same' ? true : h <= height && w <= width,
  )
  .map(
    ({ image: shape, pad, window, strides }): GradientCase => ({
      name: `max pooling of ${shape} by ${window}, ${pad}, strides ${strides}`,
      shapes: [shape],
      compute: ([x]) => tf.maxPool(x as tf.Tensor4D, window, strides, pad),
    }),
  );

describe('our kernels and their gradients give what tfjs-cpu gives', () => {
  it('for convolutions', () => forAll(convolutions, 25));

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('for matrix products, transposed %s and %s', (transposeA, transposeB) =>
    forAll(products(transposeA, transposeB), 8),
  );

  it('for local response normalisation', () => forAll(normalisations, 25));

  it('for max pooling', () => forAll(poolings, 25));
});

describe('the stock kernels of tfjs', () => {
  it('are seen when they run instead of ours', async () => {
    await tf.setBackend('webgpu');
    uninstallKernels();
    try {
      await outputAndGradients({
        name: 'conv2d',
        shapes: [
          [1, 4, 4, 2],
          [3, 3, 2, 3],
        ],
        compute: ([x, filters]) => tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, 'same'),
      });
    } finally {
      installKernels(webgpuTraits());
    }

    expect(shaders.ours).not.toHaveBeenCalled();
    expect(shaders.tfjs).toHaveBeenCalled();
  });
});
