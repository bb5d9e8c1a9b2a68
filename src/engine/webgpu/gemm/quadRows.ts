import { lines } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { type OperandOfQuad, QUAD } from './quadOperands.ts';

/** How a quad loads its rows of A. */
export interface RowsOfA extends OperandOfQuad {
  /** What is worked out before the taps. */
  readonly once: string;
  /** The steps from `step` on of row `m`: a vector, or a number if there is only one step. */
  row(m: number, step: number, depth: number): string;
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

function element({ a }: GemmProblem, span: string, guarded: boolean, step: number, four: number) {
  const type = four === 4 ? 'vec4f' : 'f32';
  const name = `${span}_${step}`;
  const index = `${span}_from + ${(step * a.stride) / four}`;
  if (!a.bordered && !guarded) return `let ${name} = ${a.name}[u32(${index})];`;
  const within = [
    ...(a.bordered ? [inside(span, `i32(k) + ${step}`)] : []),
    ...(guarded ? [`(k + ${step}u < INNER)`] : []),
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
    load: (step, depth) =>
      lines(rows, (m) => lines(depth, (k) => element(problem, `span${m}`, guarded, step + k, 1))),
    row: (m, step, depth) => vector(depth, (k) => `span${m}_${step + k}`),
    position: rowOfLane,
  };
}

function foursOfSteps(problem: GemmProblem, rows: number): RowsOfA {
  return {
    wide: true,
    once: places(rows, rowOfLane, 'ROWS - 1u'),
    perTap: spans(rows),
    perTurn: lines(rows, (m) => from(problem, `span${m}`, 4)),
    load: (step) => lines(rows, (m) => element(problem, `span${m}`, false, step, 4)),
    row: (m, step) => `span${m}_${step}`,
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
    load: (step, depth) =>
      lines(count, (four) =>
        lines(depth, (k) => element(problem, `span${four}`, guarded, step + k, 4)),
      ),
    row: (m, step, depth) => vector(depth, (k) => `span${Math.floor(m / 4)}_${step + k}[${m % 4}]`),
    position: (m) => `${firstOf(Math.floor(m / 4))} + ${m % 4}u`,
  };
}

/** Some steps of a row of A. */
function vector(depth: number, step: (k: number) => string): string {
  const steps = Array.from({ length: depth }, (_, k) => step(k)).join(', ');
  return depth === 1 ? steps : `vec${depth}f(${steps})`;
}
