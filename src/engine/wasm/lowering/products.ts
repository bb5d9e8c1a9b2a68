import type { Operation, OperationOf, Value } from '../../../domain/architecture/operation.ts';
import { filterGradientScratchBytes, productScratchBytes } from '../scratch.ts';
import { type Argument, type Call, call, valuesOf } from './calls.ts';

/** Convolutions on padded images, and products of matrices: `assembly/multiply.ts`. */

export function conv2dCalls(operation: OperationOf<'conv2d'>): Call[] {
  const g = operation.of;
  const v = valuesOf(operation as Operation);
  const { bias, relu } = finishArguments(operation);
  const rows = g.batch * g.outHeight * g.outWidth;
  const scratchBytes = productScratchBytes(rows, g.filterHeight, g.filterWidth * g.inChannels);
  return [
    call('conv2d', v('x'), v('filters'), bias, v('y'), ...windows(operation), relu, {
      scratchBytes,
    }),
  ];
}

export function filterGradientCalls(operation: OperationOf<'conv2dFilterGradient'>): Call[] {
  const { batch, outHeight, outWidth } = operation.of;
  const v = valuesOf(operation as Operation);
  const scratchBytes = filterGradientScratchBytes(batch, outHeight * outWidth);
  const operands = [v('x'), v('dy'), v('dfilters')];
  return [call('conv2dFilterGradient', ...operands, ...windows(operation), { scratchBytes })];
}

function windows({ of: g }: OperationOf<'conv2d' | 'conv2dFilterGradient'>): number[] {
  const { batch, inHeight, inWidth, inChannels, outHeight, outWidth } = g;
  return [
    ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth],
    ...[g.filterHeight, g.filterWidth, g.strideHeight, g.outChannels],
  ];
}

/** `dy` lies in the padding that `passes/plainOperands.ts` has put around it. */
export function inputGradientCalls(operation: OperationOf<'conv2dInputGradient'>): Call[] {
  const { batch, inHeight, inWidth, inChannels, outChannels, filterHeight, filterWidth } =
    operation.of;
  const v = valuesOf(operation as Operation);
  const padded = [batch, inHeight + filterHeight - 1, inWidth + filterWidth - 1, outChannels];
  const rows = batch * inHeight * inWidth;
  const scratchBytes = productScratchBytes(rows, filterHeight, filterWidth * outChannels);
  return [
    call(
      'conv2dInputGradient',
      v('dy'),
      v('filters'),
      v('dx'),
      ...padded,
      inHeight,
      inWidth,
      ...[filterHeight, filterWidth, inChannels],
      { scratchBytes },
    ),
  ];
}

export function matMulCalls(operation: OperationOf<'matMul'>): Call[] {
  const { rows, depth, columns, transposeB } = operation.of;
  const v = valuesOf(operation as Operation);
  const { bias, relu } = finishArguments(operation);
  const scratchBytes = productScratchBytes(rows, 1, depth);
  const extents = [rows, depth, columns, Number(transposeB), relu];
  return [call('matMul', v('a'), v('b'), bias, v('c'), ...extents, { scratchBytes })];
}

/** What a product adds, and whether it cuts off what is negative: all that it can do on its way out. */
function finishArguments({ finish = [] }: OperationOf<'conv2d' | 'matMul'>): {
  bias: Argument;
  relu: number;
} {
  const bias: Value | undefined = finish.find(({ kind }) => kind === 'addBias')?.reads.bias;
  return { bias: bias ?? 0, relu: Number(finish.some(({ kind }) => kind === 'activate')) };
}
