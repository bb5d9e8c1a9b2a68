import { finishKey } from '../gemm/finish.ts';
import type { Finish, GemmProblem } from '../gemm/problem.ts';
import { gemmOperation } from '../gemm/variants.ts';
import type { DeviceTraits, Operation } from '../operation.ts';

/**
 * C = A B, or with either matrix transposed, once or for a batch of matrices:
 *
 *   c[row, column] = sum over k of  a[row, k] * b[k, column]
 *
 * Row-major; `transposeA` says that A lies in memory as `[depth, rows]`, `transposeB` that B lies as
 * `[columns, depth]`. A dense layer is `y = x w + bias`; its gradients are `dx = dy w^T` and
 * `dw = x^T dy`.
 */
export interface MatMulShape {
  readonly batches: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** One matrix for the whole batch. */
  readonly sharedA?: boolean;
  readonly sharedB?: boolean;
}

/** Operands: `a`, `b`, `c`, and those of `finish`. */
export function matMul(shape: MatMulShape, traits: DeviceTraits, finish?: Finish): Operation {
  const { batches, rows, columns, depth, transposeA, transposeB } = shape;
  const problem = matMulProblem(shape, finish);
  const floats = problem.a.size + problem.b.size + problem.c.size;
  const mark = (transposed: boolean, shared = false) =>
    `${transposed ? 'T' : ''}${shared ? ' for all' : ''}`;
  const a = `${batches}x${rows}x${depth}${mark(transposeA, shape.sharedA)}`;
  const key = `${a} * ${depth}x${columns}${mark(transposeB, shape.sharedB)}`;
  return gemmOperation('matMul', `${key}${finishKey(finish)}`, problem, floats, traits);
}

export function matMulProblem(shape: MatMulShape, finish?: Finish): GemmProblem {
  const { batches, rows, columns, depth, transposeA, transposeB } = shape;
  const { taps, inner } = cutDepth(depth);
  const aBatch = shape.sharedA ? 0 : rows * depth;
  const bBatch = shape.sharedB ? 0 : depth * columns;
  const [aRow, aStride] = transposeA ? [1, rows] : [depth, 1];
  const [bStride, columnStride] = transposeB ? [1, depth] : [columns, 1];
  return {
    rows,
    columns,
    taps,
    inner,
    batches,
    a: {
      name: 'a',
      size: (shape.sharedA ? 1 : batches) * rows * depth,
      place: `return vec4i(i32(row * ${aRow}u), 0, 0, 0);`,
      span: `let offset = batch * ${aBatch}u + tap * ${inner * aStride}u;
  return Span(i32(offset) + place.x, 0, ${inner});`,
      stride: aStride,
      bordered: false,
      ...((transposeA ? rows : depth) % 4 === 0 ? { fours: transposeA ? 'rows' : 'depth' } : {}),
    },
    b: {
      name: 'b',
      size: (shape.sharedB ? 1 : batches) * depth * columns,
      offset: `batch * ${bBatch}u + tap * ${inner * bStride}u`,
      stride: bStride,
      columnStride,
    },
    c: {
      name: 'c',
      size: batches * rows * columns,
      offset: `batch * ${rows * columns}u`,
      rowStride: columns,
      ...(finish ? { finish } : {}),
    },
  };
}

/** Taps let the depth be cut into pieces that run side by side; long ones lose nothing by it. */
function cutDepth(depth: number): { taps: number; inner: number } {
  for (const inner of [256, 128, 64]) {
    if (depth > inner && depth % inner === 0) return { taps: depth / inner, inner };
  }
  return { taps: 1, inner: depth };
}
