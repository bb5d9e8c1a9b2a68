import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleValues } from '../../testing/compare.ts';
import { startWasmInNode } from '../../testing/startWasmInNode.ts';
import { tf } from '../../tf.ts';
import { convCases } from '../testing/convCases.ts';
import { poolCases } from '../testing/poolCases.ts';

/** The kernels that stand in for tfjs's own, at extents that no network of ours has. */

beforeAll(startWasmInNode);

/** A computation on tensors of these shapes. */
interface Computation {
  readonly shapes: readonly (readonly number[])[];
  compute(...inputs: tf.Tensor[]): tf.Tensor;
}

async function run(engine: string, { shapes, compute }: Computation) {
  await tf.setBackend(engine);
  const output = tf.tidy(() => compute(...shapes.map(tensorBeforeNaN)));
  const values = await output.data<'float32'>();
  output.dispose();
  return { shape: output.shape, values };
}

/** A tensor in the place of one that was larger by a float, and held no numbers. */
function tensorBeforeNaN(shape: readonly number[], index: number): tf.Tensor {
  const values = sampleValues(shape, index + 1);
  tf.fill([values.length + 1], Number.NaN).dispose();
  return tf.tensor(values, [...shape]);
}

function runKernel(name: string, inputs: tf.NamedTensorMap, attrs: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap);
}

/** Some outputs are all zeros, so the tolerance is no share of them alone. */
async function expectSameAsCpu(computation: Computation): Promise<void> {
  const expected = await run('cpu', computation);
  const { shape, values } = await run('wasm', computation);
  expect(shape).toEqual(expected.shape);
  const largest = expected.values.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
  const errors = values.map((value, i) => Math.abs(value - (expected.values[i] ?? Number.NaN)));
  expect(errors.every((error) => error < 1e-5 * largest)).toBe(true);
}

/** Convolutions with a stride in each direction, in both layouts. */
const convolutions = fc
  .record({
    convCase: convCases,
    strideWidth: fc.integer({ min: 1, max: 4 }),
    dataFormat: fc.constantFrom('NHWC' as const, 'NCHW' as const),
  })
  .map(({ convCase: { shape, filter, stride, pad }, strideWidth, dataFormat }) => {
    const strides: [number, number] = [stride, strideWidth];
    const info = tf.backend_util.computeConv2DInfo(shape, filter, strides, 1, pad);
    const ordered = <T>([n, h, w, c]: readonly [T, T, T, T]): [T, T, T, T] =>
      dataFormat === 'NHWC' ? [n, h, w, c] : [n, c, h, w];
    return {
      x: ordered(shape),
      filter,
      dy: ordered(info.outShape as [number, number, number, number]),
      attrs: { strides, pad: typeof pad === 'string' ? pad : ordered(pad), dataFormat },
    };
  })
  .filter(({ dy }) => tf.util.sizeFromShape(dy) > 0);

describe('the gradients of a convolution', () => {
  it('by the filter are those of tfjs-cpu', () =>
    fc.assert(
      fc.asyncProperty(convolutions, ({ x, dy, filter, attrs }) =>
        expectSameAsCpu({
          shapes: [x, dy],
          compute: (x, dy) =>
            runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attrs, filterShape: filter }),
        }),
      ),
    ));

  it('by the input are those of tfjs-cpu', () =>
    fc.assert(
      fc.asyncProperty(convolutions, ({ x, dy, filter, attrs }) =>
        expectSameAsCpu({
          shapes: [dy, filter],
          compute: (dy, filter) =>
            runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attrs, inputShape: x }),
        }),
      ),
    ));
});

describe('a product of matrices', () => {
  const extent = fc.integer({ min: 1, max: 20 });
  const products = fc.record({
    extents: fc.tuple(extent, extent, extent),
    batches: fc.constantFrom(
      [[], []],
      [[3], [3]],
      [
        [2, 3],
        [2, 3],
      ],
      [[4], [1]],
      [[1], [2]],
      [[2, 3], [3]],
    ),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  });

  it('is that of tfjs-cpu, transposed or not, one for all or one each', () =>
    fc.assert(
      fc.asyncProperty(products, ({ extents, batches, transposeA, transposeB }) => {
        const [rows, depth, columns] = extents;
        const [batchesOfA = [], batchesOfB = []] = batches;
        const a = [...batchesOfA, ...(transposeA ? [depth, rows] : [rows, depth])];
        const b = [...batchesOfB, ...(transposeB ? [columns, depth] : [depth, columns])];
        return expectSameAsCpu({
          shapes: [a, b],
          compute: (a, b) => runKernel(tf.BatchMatMul, { a, b }, { transposeA, transposeB }),
        });
      }),
    ));

  it('refuses matrices that do not fit each other, as tfjs does', async () => {
    await tf.setBackend('wasm');
    expect(() => tf.matMul(tf.ones([2, 3]), tf.ones([2, 4]), true, true)).toThrow('inner shapes');
  });
});

describe('max pooling', () => {
  const pools = fc
    .record({
      poolCase: poolCases,
      windowWidth: fc.integer({ min: 1, max: 15 }),
      strideWidth: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ poolCase: { shape, window, stride }, windowWidth, strideWidth }) => ({
      shape,
      window: [window, windowWidth] as [number, number],
      strides: [stride, strideWidth] as [number, number],
    }));

  it('has the gradient of tfjs-cpu, the window and the stride being squares or not', () =>
    fc.assert(
      fc.asyncProperty(pools, fc.boolean(), ({ shape, window, strides }, tied) => {
        const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, window, strides, 'same');
        const info = tf.backend_util.computePool2DInfo(shape, window, strides, 1, 'same');
        return expectSameAsCpu({
          shapes: [shape, info.outShape],
          compute: (x, dy) => tf.grad(pool)(tied ? tf.round(x) : x, dy),
        });
      }),
    ));
});

describe('local response normalisation', () => {
  const cases = fc.record({
    shape: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 19 }),
    ),
    radius: fc.integer({ min: 0, max: 6 }),
    bias: fc.constantFrom(1, 2),
    alpha: fc.constantFrom(0.001 / 9, 0.2, 1),
    beta: fc.constantFrom(0.75, 0.5, 0.6, 1),
  });

  it('and its gradient are those of tfjs-cpu', () =>
    fc.assert(
      fc.asyncProperty(cases, async ({ shape, radius, bias, alpha, beta }) => {
        const lrn = (x: tf.Tensor) =>
          tf.localResponseNormalization(x as tf.Tensor4D, radius, bias, alpha, beta);
        await expectSameAsCpu({ shapes: [shape], compute: lrn });
        await expectSameAsCpu({ shapes: [shape, shape], compute: (x, dy) => tf.grad(lrn)(x, dy) });
      }),
    ));
});
