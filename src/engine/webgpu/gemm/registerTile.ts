import { assert } from '../../../util/assert.ts';
import type { Shader } from '../operation.ts';
import { lines, tileGrid } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { gemmSource } from './source.ts';

/**
 * A matrix product without barriers: an invocation keeps its tile of C in registers and walks the
 * whole depth alone.
 *
 * With `share`, four neighbouring invocations work on the same rows and on different columns. Each
 * loads a quarter of the elements of A, and they pass them around in the quad, which costs a
 * fraction of a load on hardware. On a processor that plays the GPU passing costs as much, and
 * `quadTile` shares in another way.
 *
 * The depth is unrolled by `unroll` in single assignments: a variable that changes in a loop is
 * kept in memory by some drivers, a value that never changes is not.
 */
export interface RegisterTile {
  /** Rows of C per invocation; a multiple of four when shared. */
  readonly rows: number;
  /** Vectors of four columns per invocation. */
  readonly vectors: number;
  readonly unroll: number;
  readonly share: boolean;
  readonly workgroupSize: number;
}

const QUAD = 4;

export function registerTileShader(problem: GemmProblem, tile: RegisterTile): Shader {
  const { rows, vectors, share, workgroupSize } = tile;
  assert(!share || rows % QUAD === 0, 'a shared tile has rows for each of the quad');
  assert(workgroupSize % QUAD === 0, 'whole quads');
  const unroll = unrollFor(problem.inner, tile.unroll);
  const { operands, declarations } = gemmSource(problem);
  const quads = workgroupSize / QUAD;
  // Neighbouring invocations take neighbouring vectors of columns.
  const columnsPerWorkgroup = QUAD * 4 * vectors;
  const loads = share ? rows / QUAD : rows;
  const rowOfLoad = (load: number) => (share ? `row + ${QUAD * load}u + lane` : `row + ${load}u`);
  const spread = (row: number, k: number) =>
    share ? `quadBroadcast(s${Math.floor(row / QUAD)}_${k}, ${row % QUAD}u)` : `s${row}_${k}`;
  const guarded = problem.inner % unroll !== 0;
  const loadA = (load: number, k: number) => {
    const value = `aAt(span${load}, i32(k) + ${k})`;
    return guarded ? `select(0.0, ${value}, k + ${k}u < INNER)` : value;
  };
  const kOfB = (k: number) => (guarded ? `min(k + ${k}u, INNER - 1u)` : `k + ${k}u`);

  const grid = tileGrid([
    Math.ceil(problem.rows / (rows * quads)),
    Math.ceil(problem.columns / columnsPerWorkgroup),
    problem.batches,
  ]);
  const wgsl = `${share ? 'enable subgroups;\n' : ''}${declarations}

@compute @workgroup_size(${workgroupSize})
fn main(${grid.parameter}, @builtin(local_invocation_index) invocation: u32) {
  ${grid.locate}let lane = invocation % ${QUAD}u;
  let row = (group.x * ${quads}u + invocation / ${QUAD}u) * ${rows}u;
  let column = group.y * ${columnsPerWorkgroup}u + lane * 4u;
  let batch = group.z;
  ${lines(rows, (m) => lines(vectors, (v) => `var c${m}_${v} = vec4f();`))}
  for (var tap = 0u; tap < ${problem.taps}u; tap++) {
    let offsetB = bOffset(tap, batch);
    ${lines(loads, (l) => `let span${l} = aSpan(min(${rowOfLoad(l)}, ROWS - 1u), tap, batch);`)}
    ${unroll === problem.inner ? 'let k = 0u; {' : `for (var k = 0u; k < INNER; k += ${unroll}u) {`}
      ${lines(rows, (m) => lines(vectors, (v) => `let c${m}_${v}_0 = c${m}_${v};`))}
      ${lines(
        unroll,
        (k) => `
      ${lines(vectors, (v) => `let b${v}_${k} = bAt(offsetB, ${kOfB(k)}, column + ${QUAD * 4 * v}u);`)}
      ${lines(loads, (l) => `let s${l}_${k} = ${loadA(l, k)};`)}
      ${lines(rows, (m) => `let a${m}_${k} = ${spread(m, k)};`)}
      ${lines(rows, (m) =>
        lines(
          vectors,
          (v) => `let c${m}_${v}_${k + 1} = c${m}_${v}_${k} + a${m}_${k} * b${v}_${k};`,
        ),
      )}`,
      )}
      ${lines(rows, (m) => lines(vectors, (v) => `c${m}_${v} = c${m}_${v}_${unroll};`))}
    }
  }
  ${lines(rows, (m) =>
    lines(vectors, (v) => `writeC(row + ${m}u, column + ${QUAD * 4 * v}u, batch, c${m}_${v});`),
  )}
}`;
  return {
    label: `${share ? 'quad' : 'tile'} ${rows}x${4 * vectors}x${unroll}`,
    wgsl,
    operands,
    workgroups: grid.workgroups,
  };
}

/** Up to this length the whole tap is unrolled, whether it divides or not. */
const SHORT_TAP = 12;
const MAX_UNROLL = 16;

/** The divisor of `inner` that is nearest to `wanted`, or `wanted` with guards where none is near. */
export function unrollFor(inner: number, wanted: number): number {
  const fair = Array.from({ length: MAX_UNROLL - 2 }, (_, i) => i + 3)
    .filter((unroll) => inner % unroll === 0)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return fair[0] ?? (inner <= SHORT_TAP ? inner : wanted);
}
