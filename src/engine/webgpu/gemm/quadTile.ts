import { assert } from '../../../util/assert.ts';
import type { Shader } from '../operation.ts';
import { lines, tileGrid } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { columnsOfB } from './quadColumns.ts';
import { QUAD } from './quadOperands.ts';
import { rowsOfA } from './quadRows.ts';
import { unrollFor } from './registerTile.ts';
import { frameSource } from './source.ts';

/**
 * A matrix product for a processor that plays the GPU, without barriers: four neighbouring
 * invocations, a quad, walk the whole depth together and keep their tile of C in variables.
 *
 * Loading one number takes as long there as ten multiply-adds, so none is loaded twice in a quad.
 * Each invocation has its own rows and loads them from A. All have the same columns: each invocation
 * loads a quarter of them from B, and gets the others from its neighbours. Swapping with a neighbour
 * is a single instruction, where `quadBroadcast` takes as long as a load. So invocation `lane` sees
 * the quarters in the order 0^lane, 1^lane, 2^lane, 3^lane (^ is the exclusive or).
 *
 * Four steps of the depth are one product of a matrix and a vector. That is how the sums of these
 * steps stay in a register: each value that the source names may go to memory and come back.
 */
export interface QuadTile {
  /** Rows of C per invocation: a quarter of the tile's. */
  readonly quadRows: number;
  /** Columns of C, shared by the quad; a multiple of four. */
  readonly columns: number;
  readonly unroll: number;
}

/** Steps of one product of a matrix and a vector. */
const STEPS = 4;

export function quadTileShader(problem: GemmProblem, tile: QuadTile): Shader {
  const { quadRows: rows, columns } = tile;
  assert(columns % QUAD === 0, 'columns for each of the quad');
  const vectors = columns / QUAD;
  const { inner } = problem;
  const unroll =
    inner % STEPS === 0 ? unrollInFours(inner, tile.unroll) : unrollFor(inner, tile.unroll);
  const guarded = inner % unroll !== 0;
  const a = rowsOfA(problem, rows, guarded);
  const b = columnsOfB(problem, vectors, guarded);
  const { operands, declarations } = frameSource(problem, { a: a.wide, b: b.wide });
  const parts = Math.ceil(unroll / STEPS);
  const multiply = (part: number) => {
    const at = STEPS * part;
    const depth = Math.min(STEPS, unroll - at);
    const sums = (m: number, v: number) => (part === 0 ? `c${m}_${v}` : `c${m}_${v}_${part - 1}`);
    return `
      ${a.load(at, depth)}
      ${b.load(at, depth)}
      ${lines(rows, (m) => `let a${m}_${at} = ${a.row(m, at, depth)};`)}
      ${lines(rows, (m) =>
        lines(
          vectors,
          (v) =>
            `let c${m}_${v}_${part} = ${sums(m, v)} + ${b.product(v, at, depth, `a${m}_${at}`)};`,
        ),
      )}`;
  };

  const grid = tileGrid([
    Math.ceil(problem.rows / (QUAD * rows)),
    Math.ceil(problem.columns / columns),
    problem.batches,
  ]);
  const wgsl = `enable subgroups;
${declarations}

fn ofQuad(own: f32) -> vec4f {
  return vec4f(own, quadSwapX(own), quadSwapY(own), quadSwapDiagonal(own));
}

fn ofQuad4(own: vec4f) -> mat4x4f {
  return mat4x4f(own, quadSwapX(own), quadSwapY(own), quadSwapDiagonal(own));
}

fn inOrder(values: vec4f, lane: u32) -> vec4f {
  let pairs = select(values, values.yxwz, (lane & 1u) != 0u);
  return select(pairs, pairs.zwxy, (lane & 2u) != 0u);
}

@compute @workgroup_size(${QUAD})
fn main(${grid.parameter}, @builtin(local_invocation_index) lane: u32) {
  ${grid.locate}let row = group.x * ${QUAD * rows}u;
  let column = group.y * ${columns}u;
  let batch = group.z;
  ${lines(rows, (m) => lines(vectors, (v) => `var c${m}_${v} = vec4f();`))}
  ${a.once}
  for (var tap = 0u; tap < ${problem.taps}u; tap++) {
    let offsetB = bOffset(tap, batch);
    ${a.perTap}
    ${b.perTap}
    ${unroll === inner ? 'let k = 0u; {' : `for (var k = 0u; k < INNER; k += ${unroll}u) {`}
      ${a.perTurn}
      ${b.perTurn}
      ${lines(parts, multiply)}
      ${lines(rows, (m) => lines(vectors, (v) => `c${m}_${v} = c${m}_${v}_${parts - 1};`))}
    }
  }
  ${lines(rows, (m) =>
    lines(
      vectors,
      (v) => `writeC(${a.position(m)}, ${b.position(v)}, batch, ${b.inOrder(v, `c${m}_${v}`)});`,
    ),
  )}
}`;
  return {
    label: `quad ${QUAD * rows}x${columns}x${unroll}`,
    wgsl,
    operands,
    workgroups: grid.workgroups,
  };
}

/** The longest multiple of four up to `wanted` that divides `inner`, a multiple of four itself. */
function unrollInFours(inner: number, wanted: number): number {
  let unroll = STEPS * Math.max(1, Math.floor(wanted / STEPS));
  while (inner % unroll !== 0) unroll -= STEPS;
  return unroll;
}
