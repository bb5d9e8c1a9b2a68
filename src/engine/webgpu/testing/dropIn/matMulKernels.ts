import { tf } from '../../../tfjs/tf.ts';
import { type MatMulShape, matMul } from '../../kernels/matMul.ts';
import { fusedFinish } from './fusedFinish.ts';
import type { DropIn } from './kernelCall.ts';
import { runOperation } from './runOperation.ts';

/** Matrix products as tfjs calls them: of matrices, or of batches of them. */

interface Product {
  readonly shape: MatMulShape;
  readonly output: number[];
}

function productOf(
  a: readonly number[],
  b: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): Product | undefined {
  const [aRows = 1, aColumns = 1] = a.slice(-2);
  const [bRows = 1, bColumns = 1] = b.slice(-2);
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  // Shapes that do not fit are for tfjs's own kernel to refuse, in its words.
  if (a.length < 2 || b.length < 2 || depth !== bDepth) return undefined;
  const [aBatch, bBatch] = [a.slice(0, -2), b.slice(0, -2)];
  const [aCount, bCount] = [tf.util.sizeFromShape(aBatch), tf.util.sizeFromShape(bBatch)];
  const same = String(aBatch) === String(bBatch);
  if (!same && aCount !== 1 && bCount !== 1) return undefined;
  const output = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const batches = Math.max(aCount, bCount);
  return {
    shape: {
      ...{ batches, rows, columns, depth, transposeA, transposeB },
      sharedA: aCount === 1,
      sharedB: bCount === 1,
    },
    output: [...output, rows, columns],
  };
}

const BatchMatMul: DropIn = (call, traits) => {
  const a = call.input('a');
  const b = call.input('b');
  const { transposeA, transposeB } = call.attrs as tf.BatchMatMulAttrs;
  const product = productOf(a.shape, b.shape, transposeA, transposeB);
  if (!product) return undefined;
  const c = call.output(product.output);
  runOperation(call.backend, matMul(product.shape, traits), { a, b, c });
  return c;
};

const _FusedMatMul: DropIn = (call, traits) => {
  const a = call.input('a');
  const b = call.input('b');
  const bias = call.optional('bias');
  const preluActivationWeights = call.optional('preluActivationWeights');
  const { transposeA, transposeB, activation } = call.attrs as tf._FusedMatMulAttrs;
  const product = productOf(a.shape, b.shape, transposeA, transposeB);
  if (!product || preluActivationWeights) return undefined;
  const finish = fusedFinish(product.shape.columns, bias, activation);
  if (finish === 'unknown') return undefined;
  const c = call.output(product.output);
  const operands = { a, b, c, ...(bias ? { bias } : {}) };
  runOperation(call.backend, matMul(product.shape, traits, finish), operands);
  return c;
};

export const matMulKernels = { BatchMatMul, _FusedMatMul };
