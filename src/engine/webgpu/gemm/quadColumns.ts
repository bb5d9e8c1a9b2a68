import { at } from '../../../util/assert.ts';
import { lines } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { type OperandOfQuad, QUAD } from './quadOperands.ts';
import { readsWideB } from './source.ts';

/** How a quad loads its columns of B. */
export interface ColumnsOfB extends OperandOfQuad {
  /** The products of `row`, steps of A, with vector `v` of four columns: a vec4f. */
  product(v: number, step: number, depth: number, row: string): string;
  /** WGSL expression of the first of the four columns. */
  position(v: number): string;
  /** The four sums in the order of their columns. */
  inOrder(v: number, sums: string): string;
}

/** `vectors` of four columns, all of which every invocation of the quad needs. */
export function columnsOfB(problem: GemmProblem, vectors: number, guarded: boolean): ColumnsOfB {
  const { b, inner } = problem;
  const alongDepth = b.stride === 1 && b.columnStride % 4 === 0 && inner % 4 === 0;
  if (alongDepth) return columnsByDepth(problem, vectors);
  return columnsByStep(problem, vectors, guarded);
}

/** Each invocation loads every fourth column, four steps at once. */
function columnsByDepth({ b }: GemmProblem, vectors: number): ColumnsOfB {
  return {
    wide: true,
    perTap: lines(
      vectors,
      (v) =>
        `let start${v} = (offsetB + min(column + ${QUAD * v}u + lane, COLUMNS - 1u) * ${b.columnStride}u) / 4u;`,
    ),
    perTurn: lines(vectors, (v) => `let from${v} = start${v} + k / 4u;`),
    load: (step) =>
      lines(vectors, (v) => `let b${v}_${step} = ofQuad4(${b.name}[from${v} + ${step / 4}u]);`),
    product: (v, step, _, row) => `${row} * b${v}_${step}`,
    position: (v) => `column + ${QUAD * v}u`,
    inOrder: (_, sums) => `inOrder(${sums}, lane)`,
  };
}

/** Each invocation loads its quarter of the columns at every step. */
function columnsByStep(problem: GemmProblem, vectors: number, guarded: boolean): ColumnsOfB {
  const { b } = problem;
  const wide = readsWideB(problem);
  const sixteens = wide ? Math.floor(vectors / 4) : 0;
  const groups = [
    ...Array.from({ length: sixteens }, (_, group) => sixteenColumns(problem, 4 * group)),
    ...Array.from({ length: vectors - 4 * sixteens }, (_, rest) =>
      fourColumns(problem, 4 * sixteens + rest, wide),
    ),
  ];
  const groupOf = (v: number) =>
    at(groups, v < 4 * sixteens ? Math.floor(v / 4) : v - 3 * sixteens);
  const index = (group: number, k: number) =>
    // A is zero beyond the last step, which may stand for all of those.
    guarded
      ? `start${group} + min(k + ${k}u, INNER - 1u) * ${b.stride}u`
      : `from${group} + ${k * b.stride}u`;
  return {
    wide,
    perTap: lines(groups.length, (i) => {
      const columns = b.columnStride === 1 ? '' : ` * ${b.columnStride}u`;
      return `let start${i} = offsetB + ${at(groups, i).column}${columns};`;
    }),
    perTurn: guarded
      ? ''
      : lines(groups.length, (i) => `let from${i} = start${i} + k * ${b.stride}u;`),
    load: (first, depth) =>
      lines(depth, (k) =>
        lines(groups.length, (i) => at(groups, i).load(index(i, first + k), first + k)),
      ),
    product: (v, first, depth, row) => {
      const steps = Array.from({ length: depth }, (_, k) => `b${v}_${first + k}`).join(', ');
      return depth === 1 ? `${steps} * ${row}` : `mat${depth}x4f(${steps}) * ${row}`;
    },
    position: (v) => groupOf(v).position(v),
    inOrder: (v, sums) => groupOf(v).inOrder(sums),
  };
}

/** Vectors of columns that the quad loads together. */
interface ColumnGroup extends Pick<ColumnsOfB, 'position'> {
  /** WGSL expression of the first column that the invocation loads. */
  readonly column: string;
  /** Declares the group's `b<vector>_<step>`, given the index of the element. */
  load(index: string, step: number): string;
  inOrder(sums: string): string;
}

/** Columns side by side: each invocation loads four, and sees those of its neighbours whole. */
function sixteenColumns({ b }: GemmProblem, v: number): ColumnGroup {
  return {
    column: `min(column + ${QUAD * v}u + 4u * lane, COLUMNS - 4u)`,
    load: (index, step) => `let b${v}_${step} = ${b.name}[(${index}) / 4u];
      let b${v + 1}_${step} = quadSwapX(b${v}_${step});
      let b${v + 2}_${step} = quadSwapY(b${v}_${step});
      let b${v + 3}_${step} = quadSwapDiagonal(b${v}_${step});`,
    position: (of) => `column + ${QUAD * v}u + 4u * (lane ^ ${of - v}u)`,
    inOrder: (sums) => sums,
  };
}

/** Each invocation loads one of four columns. */
function fourColumns({ b }: GemmProblem, v: number, wide: boolean): ColumnGroup {
  // The rows of a wide B are whole fours, so that the lane is the place in its four.
  const last = wide ? 'COLUMNS - 4u + lane' : 'COLUMNS - 1u';
  return {
    column: `min(column + ${QUAD * v}u + lane, ${last})`,
    load: (index, step) =>
      `let b${v}_${step} = ofQuad(${wide ? `${b.name}[(${index}) / 4u][lane]` : `${b.name}[${index}]`});`,
    position: () => `column + ${QUAD * v}u`,
    inOrder: (sums) => `inOrder(${sums}, lane)`,
  };
}
