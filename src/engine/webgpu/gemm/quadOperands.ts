import { lines } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { readsWideB } from './source.ts';

/**
 * How an invocation of a `quadTile` loads its part of A and B, as WGSL. Most of what a load costs on
 * a processor is working out and checking its address, so fours that lie side by side are loaded as
 * vectors, and what does not change from step to step is worked out before.
 *
 * Inside the loops `k` is the first step of this turn, and `at` a step counted from there.
 */
export interface OperandOfQuad {
  /** Whether the buffer is an array of vectors. */
  readonly wide: boolean;
  /** What is worked out once a tap. */
  readonly perTap: string;
  /** What is worked out once a turn of the inner loop. */
  readonly perTurn: string;
  /** Declares what `product` names of the steps from `at` on, `depth` of them. */
  load(at: number, depth: number): string;
}

export const QUAD = 4;

export interface RowsOfA extends OperandOfQuad {
  /** What is worked out before the taps. */
  readonly once: string;
  /** The steps from `at` on of row `m`: a vector, or a number if there is only one step. */
  row(m: number, at: number, depth: number): string;
  /** WGSL expression of the row of C that is number `m` of the invocation. */
  position(m: number): string;
}

export function rowsOfA(problem: GemmProblem, rows: number, guarded: boolean): RowsOfA {
  const { fours } = problem.a;
  if (fours === 'rows' && rows % 4 === 0) return foursOfRows(problem, rows, guarded);
  return fours === 'depth' ? foursOfSteps(problem, rows) : singles(problem, rows, guarded);
}

/** Neighbouring invocations have neighbouring rows. */
const rowOfLane = (m: number) => `row + ${QUAD * m}u + lane`;

const places = (count: number, rowOf: (m: number) => string, last: string): string =>
  lines(count, (m) => `let place${m} = placeOf(min(${rowOf(m)}, ${last}));`);

const spans = (count: number): string =>
  lines(count, (m) => `let span${m} = spanAt(place${m}, tap, batch);`);

/** One comparison: what lies before the first is huge when unsigned. An and would branch. */
const inside = (span: string, k: string) =>
  `u32(${k} - ${span}.first) < u32(${span}.end - ${span}.first)`;

function element({ a }: GemmProblem, span: string, guarded: boolean, at: number, four: number) {
  const type = four === 4 ? 'vec4f' : 'f32';
  const name = `${span}_${at}`;
  const index = `${span}_from + ${(at * a.stride) / four}`;
  if (!a.bordered && !guarded) return `let ${name} = ${a.name}[u32(${index})];`;
  const within = [
    ...(a.bordered ? [inside(span, `i32(k) + ${at}`)] : []),
    ...(guarded ? [`(k + ${at}u < INNER)`] : []),
  ].map((condition) => `(${condition})`);
  return `let ${name}_in = ${within.join(' & ')};
      let ${name} = select(${type}(), ${a.name}[u32(select(0, ${index}, ${name}_in))], ${name}_in);`;
}

const from = ({ a }: GemmProblem, span: string, four: number): string => {
  const start = `${span}.offset + i32(k)${a.stride === 1 ? '' : ` * ${a.stride}`}`;
  return `let ${span}_from = ${four === 1 ? start : `(${start}) / ${four}`};`;
};

function singles(problem: GemmProblem, rows: number, guarded: boolean): RowsOfA {
  return {
    wide: false,
    once: places(rows, rowOfLane, 'ROWS - 1u'),
    perTap: spans(rows),
    perTurn: lines(rows, (m) => from(problem, `span${m}`, 1)),
    load: (at, depth) =>
      lines(rows, (m) => lines(depth, (k) => element(problem, `span${m}`, guarded, at + k, 1))),
    row: (m, at, depth) => vector(depth, (k) => `span${m}_${at + k}`),
    position: rowOfLane,
  };
}

function foursOfSteps(problem: GemmProblem, rows: number): RowsOfA {
  return {
    wide: true,
    once: places(rows, rowOfLane, 'ROWS - 1u'),
    perTap: spans(rows),
    perTurn: lines(rows, (m) => from(problem, `span${m}`, 4)),
    load: (at) => lines(rows, (m) => element(problem, `span${m}`, false, at, 4)),
    row: (m, at) => `span${m}_${at}`,
    position: rowOfLane,
  };
}

/** Each invocation has four neighbouring rows, and so on. */
function foursOfRows(problem: GemmProblem, rows: number, guarded: boolean): RowsOfA {
  const count = rows / 4;
  const firstOf = (four: number) => `row + ${4 * QUAD * four}u + 4u * lane`;
  return {
    wide: true,
    once: places(count, firstOf, 'ROWS - 4u'),
    perTap: spans(count),
    perTurn: lines(count, (four) => from(problem, `span${four}`, 4)),
    load: (at, depth) =>
      lines(count, (four) =>
        lines(depth, (k) => element(problem, `span${four}`, guarded, at + k, 4)),
      ),
    row: (m, at, depth) => vector(depth, (k) => `span${Math.floor(m / 4)}_${at + k}[${m % 4}]`),
    position: (m) => `${firstOf(Math.floor(m / 4))} + ${m % 4}u`,
  };
}

export interface ColumnsOfB extends OperandOfQuad {
  /** The products of `row`, steps of A, with vector `v` of four columns: a vec4f. */
  product(v: number, at: number, depth: number, row: string): string;
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
    load: (at) =>
      lines(vectors, (v) => `let b${v}_${at} = ofQuad4(${b.name}[from${v} + ${at / 4}u]);`),
    product: (v, at, _, row) => `${row} * b${v}_${at}`,
    position: (v) => `column + ${QUAD * v}u`,
    inOrder: (_, sums) => `inOrder(${sums}, lane)`,
  };
}

/**
 * Where columns lie side by side each invocation loads four of sixteen, and sees those of its
 * neighbours whole; of the rest it loads every fourth.
 */
function columnsByStep(problem: GemmProblem, vectors: number, guarded: boolean): ColumnsOfB {
  const { b } = problem;
  const wide = readsWideB(problem);
  const sixteens = wide ? Math.floor(vectors / 4) : 0;
  const singlesFrom = 4 * sixteens;
  const rest = vectors - singlesFrom;
  const start = (index: number, column: string, last: string) =>
    `let start${index} = offsetB + min(${column}, ${last})${b.columnStride === 1 ? '' : ` * ${b.columnStride}u`};`;
  // Guarded steps beyond the last repeat it: A is zero there.
  const step = (k: number) => (guarded ? `min(k + ${k}u, INNER - 1u) * ${b.stride}u` : '');
  const index = (g: number, k: number) =>
    guarded ? `start${g} + ${step(k)}` : `from${g} + ${k * b.stride}u`;
  const groups = sixteens + rest;
  const one = (g: number, k: number) =>
    wide ? `${b.name}[(${index(g, k)}) / 4u][lane]` : `${b.name}[${index(g, k)}]`;
  const four = (g: number, k: number) => `${b.name}[(${index(g, k)}) / 4u]`;
  const groupOf = (v: number) => sixteens + v - singlesFrom;
  const columns = (v: number, at: number, depth: number) => {
    const each = Array.from({ length: depth }, (_, k) => `b${v}_${at + k}`).join(', ');
    return depth === 1 ? each : `mat${depth}x4f(${each})`;
  };
  return {
    wide,
    perTap: lines(groups, (g) =>
      g < sixteens
        ? start(g, `column + ${16 * g}u + 4u * lane`, 'COLUMNS - 4u')
        : start(
            g,
            `column + ${QUAD * (singlesFrom + g - sixteens)}u + lane`,
            // Wide rows hold whole fours, so that the lane is the place in its vector.
            wide ? 'COLUMNS - 4u + lane' : 'COLUMNS - 1u',
          ),
    ),
    perTurn: guarded ? '' : lines(groups, (g) => `let from${g} = start${g} + k * ${b.stride}u;`),
    load: (at, depth) =>
      lines(depth, (k) => {
        const whole = lines(
          sixteens,
          (g) => `let b${4 * g}_${at + k} = ${four(g, at + k)};
      let b${4 * g + 1}_${at + k} = quadSwapX(b${4 * g}_${at + k});
      let b${4 * g + 2}_${at + k} = quadSwapY(b${4 * g}_${at + k});
      let b${4 * g + 3}_${at + k} = quadSwapDiagonal(b${4 * g}_${at + k});`,
        );
        const single = lines(rest, (i) => {
          const v = singlesFrom + i;
          return `let b${v}_${at + k} = ofQuad(${one(groupOf(v), at + k)});`;
        });
        return `${whole}\n      ${single}`;
      }),
    product: (v, at, depth, row) => `${columns(v, at, depth)} * ${row}`,
    position: (v) =>
      v < singlesFrom
        ? `column + ${16 * Math.floor(v / 4)}u + 4u * (lane ^ ${v % 4}u)`
        : `column + ${QUAD * v}u`,
    inOrder: (v, sums) => (v < singlesFrom ? sums : `inOrder(${sums}, lane)`),
  };
}

/** Some steps of a row of A. */
function vector(depth: number, step: (k: number) => string): string {
  const steps = Array.from({ length: depth }, (_, k) => step(k)).join(', ');
  return depth === 1 ? steps : `vec${depth}f(${steps})`;
}
