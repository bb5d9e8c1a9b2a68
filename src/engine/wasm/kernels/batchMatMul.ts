/**
 * Matrix product C = op(A) op(B), op being nothing or the transposition, A and B holding matrices in
 * their last two axes.
 *
 * XNNPACK multiplies only matrices as they lie; for a transposed operand tfjs falls back to a plain
 * loop, 10 to 50 times slower. The gradients of a dense layer Y = X W need both kinds:
 *
 *   dX = dY W^T          dW = X^T dY          (Goodfellow et al. 2016, equations 6.46 ff.)
 *
 * Our kernel packs B as it lies or transposed. A transposed A is written out first, which costs little
 * beside the product.
 */
import { tf } from '../../tf.ts';
import type { KernelCall, WasmKernel } from '../kernel.ts';
import { productScratchBytes } from '../scratch.ts';
import { transposeMatrices } from './transposeMatrices.ts';

export const batchMatMulKernel: WasmKernel = {
  name: tf.BatchMatMul,
  run(call) {
    const product = problemOf(call);
    const { transposeA, transposeB, depth, depthOfB } = product;
    const isOurs = (transposeA || transposeB) && depth === depthOfB && areFloats(call);
    return isOurs ? multiply(call, product) : call.stock();
  },
};

type Product = ReturnType<typeof problemOf>;

function problemOf(call: KernelCall) {
  const { transposeA, transposeB } = call.attrs as tf.BatchMatMulAttrs;
  const [a, b] = [call.input('a').shape, call.input('b').shape];
  const [a0 = 1, a1 = 1] = a.slice(-2);
  const [b0 = 1, b1 = 1] = b.slice(-2);
  return {
    transposeA,
    transposeB,
    rows: transposeA ? a1 : a0,
    depth: transposeA ? a0 : a1,
    depthOfB: transposeB ? b1 : b0,
    columns: transposeB ? b0 : b1,
    batchesOfA: a.slice(0, -2),
    batchesOfB: b.slice(0, -2),
  };
}

function areFloats(call: KernelCall): boolean {
  return call.input('a').dtype === 'float32' && call.input('b').dtype === 'float32';
}

function multiply(call: KernelCall, product: Product): tf.TensorInfo {
  const { rows, depth, columns, transposeB, batchesOfA, batchesOfB } = product;
  const countA = tf.util.sizeFromShape(batchesOfA);
  const countB = tf.util.sizeFromShape(batchesOfB);
  const batches = tf.broadcast_util.assertAndGetBroadcastShape(batchesOfA, batchesOfB);
  const c = call.output([...batches, rows, columns]);
  const left = uprightLeft(call, product, countA);
  const right = call.addressOf(call.input('b'));
  const scratch = call.scratch(productScratchBytes(rows, 1, depth));
  for (let n = 0; n < tf.util.sizeFromShape(batches); n++) {
    call.run(
      'matMul',
      left + FLOAT_BYTES * (n % countA) * rows * depth,
      right + FLOAT_BYTES * (n % countB) * depth * columns,
      NO_BIAS,
      call.addressOf(c) + FLOAT_BYTES * n * rows * columns,
      ...[rows, depth, columns, transposeB ? 1 : 0, NO_RELU],
      ...scratch,
    );
  }
  return c;
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
const NO_BIAS = 0;
const NO_RELU = 0;

/** The matrices of op(A). At an odd depth, zeros must follow the last (`KernelCall.temporary`). */
function uprightLeft(
  call: KernelCall,
  { transposeA, rows, depth }: Product,
  count: number,
): number {
  const a = call.input('a');
  if (transposeA) return transposeMatrices(call, call.addressOf(a), count, depth, rows);
  return depth % 2 === 0 ? call.addressOf(a) : call.copy(a);
}
