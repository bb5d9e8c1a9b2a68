/**
 * Matrix product C = op(A) op(B), op being nothing or the transposition, A and B holding matrices in
 * their last two axes.
 *
 * XNNPACK multiplies only matrices as they lie; for a transposed operand tfjs falls back to a plain
 * loop, 10 to 50 times slower. The gradients of a dense layer Y = X W need both kinds:
 *
 *   dX = dY W^T          dW = X^T dY          (Goodfellow et al. 2016, equations 6.46 ff.)
 *
 * So a transposed A is written out first, which costs little beside the product. For a transposed B
 * there is a choice: write B^T out, or compute C^T = B A^T and turn the result. W is the large
 * matrix of a dense layer and X the small one, so that mostly the second way is cheaper.
 */
import { tf } from '../../tf.ts';
import { release, runKernel, type WasmBackend } from '../heap.ts';
import type { WasmKernel } from '../kernel.ts';

export const batchMatMulKernel: WasmKernel = {
  name: tf.BatchMatMul,
  run({ backend, attrs, input, stock }) {
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
    const plain = (a: tf.TensorInfo, b: tf.TensorInfo) =>
      stock({ a, b }, { transposeA: false, transposeB: false });
    const byB = transposeB
      ? (a: tf.TensorInfo, b: tf.TensorInfo) => timesTransposed(plain, backend, a, b)
      : plain;
    if (!transposeA) return byB(input('a'), input('b'));
    const upright = transposed(backend, input('a'));
    const product = byB(upright, input('b'));
    release(backend, upright);
    return product;
  },
};

/** Multiplies two tensors as they lie. */
type Plain = (a: tf.TensorInfo, b: tf.TensorInfo) => tf.TensorInfo;

/** A B^T. */
function timesTransposed(plain: Plain, backend: WasmBackend, a: tf.TensorInfo, b: tf.TensorInfo) {
  if (smallerTurned(a, b)) {
    const turnedA = transposed(backend, a);
    const product = plain(b, turnedA);
    release(backend, turnedA);
    const result = transposed(backend, product);
    release(backend, product);
    return result;
  }
  const upright = transposed(backend, b);
  const product = plain(a, upright);
  release(backend, upright);
  return product;
}

/** True where A and C together are smaller than B, which would be both turned and packed. */
function smallerTurned(a: tf.TensorInfo, b: tf.TensorInfo): boolean {
  const [rows = 1, inner = 1] = a.shape.slice(-2);
  const [columns = 1] = b.shape.slice(-2);
  return rows * (inner + columns) < inner * columns;
}

/** `x` with its last two axes exchanged. */
function transposed(backend: WasmBackend, x: tf.TensorInfo): tf.TensorInfo {
  const axes = x.shape.map((_, axis) => axis);
  const perm = [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
  return runKernel(backend, tf.Transpose, { x }, { perm });
}
