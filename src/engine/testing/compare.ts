import { assert } from '../../util/assert.ts';
import { normals } from '../../util/random.ts';
import { tf } from '../tfjs/tf.ts';

/** Normal numbers, the same for the same shape and salt. No two are equal, so no maximum is tied. */
export function sampleValues(shape: readonly number[], salt: number): Float32Array {
  return normals(salt, 0, 0, tf.util.sizeFromShape([...shape]));
}

/** Largest difference, relative to the largest reference value; NaN if any number is none. */
export function relativeError(actual: Float32Array, reference: Float32Array): number {
  assert(actual.length === reference.length, `${actual.length} values, not ${reference.length}`);
  const scale = Math.max(...reference.map(Math.abs));
  return (
    Math.max(...actual.map((value, i) => Math.abs(value - (reference[i] ?? Number.NaN)))) / scale
  );
}

/** A differentiable computation on tensors of given shapes. */
export interface GradientCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  compute(inputs: readonly tf.Tensor[]): tf.Tensor;
}

/** The output of `compute` and its gradients in every input, on tfjs's current engine. */
export async function outputAndGradients({ shapes, compute }: GradientCase) {
  const tensors = tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.tensor(sampleValues(shape, i + 1), [...shape]));
    const output = compute(inputs);
    // A gradient that differs from element to element, so that misplaced ones are noticed.
    const dy = tf.tensor(sampleValues(output.shape, 99), output.shape);
    return [output, ...tf.grads((...xs: tf.Tensor[]) => compute(xs))(inputs, dy)];
  });
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  tf.dispose(tensors);
  return values.map((value) => Float32Array.from(value));
}

const lrn = (
  x: tf.Tensor | undefined,
  depthRadius: number,
  bias: number,
  alpha: number,
  beta: number,
) => tf.localResponseNormalization(x as tf.Tensor4D, depthRadius, bias, alpha, beta);

type Pad = 'same' | 'valid' | number;

const conv = (
  name: string,
  x: readonly number[],
  filter: readonly number[],
  strides: number,
  pad: Pad,
): GradientCase => ({
  name: `conv2d ${name}`,
  shapes: [x, filter],
  compute: ([a, b]) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad),
});

const pool = (
  kind: 'maxPool' | 'avgPool',
  x: readonly number[],
  size: number,
  stride: number,
  pad: Pad,
): GradientCase => ({
  name: `${kind} ${size}x${size} stride ${stride} ${pad} of ${x}`,
  shapes: [x],
  compute: ([a]) => tf[kind](a as tf.Tensor4D, size, stride, pad),
});

const matMul = (
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): GradientCase => ({
  name: `matMul ${a}${transposeA ? ' turned' : ''} by ${b}${transposeB ? ' turned' : ''}`,
  shapes: [a, b],
  compute: ([x, y]) => tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB),
});

/** Small and odd shapes of everything that our architectures train with. */
export const gradientCases: readonly GradientCase[] = [
  conv('11x11 of one channel', [2, 7, 9, 1], [11, 11, 1, 3], 1, 'same'),
  conv('5x5 same', [3, 6, 5, 3], [5, 5, 3, 9], 1, 'same'),
  conv('3x3 same', [2, 4, 7, 5], [3, 3, 5, 2], 1, 'same'),
  conv('5x5 valid', [2, 7, 6, 2], [5, 5, 2, 3], 1, 'valid'),
  conv('2x3 valid', [1, 5, 4, 2], [2, 3, 2, 2], 1, 'valid'),
  conv('even filter, same', [2, 5, 5, 2], [4, 4, 2, 3], 1, 'same'),
  conv('stride 2', [2, 8, 7, 2], [3, 3, 2, 3], 2, 'same'),
  conv('stride 3, padding 2', [2, 9, 8, 2], [5, 5, 2, 3], 3, 2),
  pool('maxPool', [2, 7, 7, 3], 3, 2, 'same'),
  pool('maxPool', [2, 6, 8, 5], 3, 2, 'same'),
  pool('maxPool', [1, 7, 5, 2], 3, 2, 'valid'),
  pool('avgPool', [2, 6, 8, 3], 2, 2, 'valid'),
  {
    name: 'LRN of the tutorial',
    shapes: [[2, 3, 2, 12]],
    compute: ([x]) => lrn(x, 4, 1, 0.001 / 9, 0.75),
  },
  { name: 'LRN that matters', shapes: [[2, 2, 3, 7]], compute: ([x]) => lrn(x, 2, 2, 0.5, 0.75) },
  { name: 'LRN beta 0.5', shapes: [[1, 2, 2, 5]], compute: ([x]) => lrn(x, 1, 1, 0.3, 0.5) },
  { name: 'LRN beta 0.6', shapes: [[1, 2, 2, 5]], compute: ([x]) => lrn(x, 1, 1, 0.3, 0.6) },
  {
    name: 'LRN wider than the channels',
    shapes: [[1, 3, 2, 3]],
    compute: ([x]) => lrn(x, 4, 1, 0.2, 0.75),
  },
  matMul([5, 7], [7, 3], false, false),
  matMul([5, 7], [3, 7], false, true),
  matMul([7, 5], [7, 3], true, false),
  matMul([7, 5], [3, 7], true, true),
  matMul([2, 4, 3], [2, 5, 3], false, true),
  matMul([2, 33], [33, 65], false, false),
  {
    name: 'dense layer with tanh',
    shapes: [[3, 5], [5, 4], [4]],
    compute: ([x, w, b]) =>
      tf.tanh(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b as tf.Tensor1D)),
  },
  {
    name: 'softmax cross-entropy',
    shapes: [[4, 10]],
    compute: ([logits]) =>
      tf.losses.softmaxCrossEntropy(tf.oneHot([1, 0, 9, 3], 10), logits as tf.Tensor2D),
  },
];
