import { assert } from '../../../util/assert.ts';
import type { Shader } from '../operation.ts';
import { lines, tileGrid } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { gemmSource } from './source.ts';

/**
 * A matrix product by tiles in workgroup memory, for GPUs of their own: 256 invocations load a slice
 * of A and of B together, wait for each other, and multiply it from there, so that an element
 * travels from memory once a tile instead of once an invocation (the classic scheme; see e.g. Volkov
 * and Demmel 2008, "Benchmarking GPUs to tune dense linear algebra").
 *
 * The depth is cut without regard to taps: loading is a small part of the work, so each element may
 * find its tap by itself.
 */
export interface WorkgroupTile {
  /** Rows and vectors of four columns of C per invocation. */
  readonly rows: number;
  readonly vectors: number;
  /** Depth of a slice. */
  readonly slice: number;
}

/** Invocations along each side of the tile. */
const SIDE = 16;
const INVOCATIONS = SIDE * SIDE;

export function workgroupTileShader(problem: GemmProblem, tile: WorkgroupTile): Shader {
  const { rows, vectors, slice } = tile;
  assert(rows % 4 === 0, 'rows of A are kept as vectors');
  const tileRows = SIDE * rows;
  const tileVectors = SIDE * vectors;
  const { operands, declarations } = gemmSource(problem);
  const grid = tileGrid([
    Math.ceil(problem.columns / (4 * tileVectors)),
    Math.ceil(problem.rows / tileRows),
    problem.batches,
  ]);
  const wgsl = `${declarations}

// Slices as they are multiplied: for each step of the depth, the tile's rows, and its columns.
var<workgroup> sliceA: array<f32, ${slice * tileRows}>;
var<workgroup> sliceB: array<vec4f, ${slice * tileVectors}>;

@compute @workgroup_size(${INVOCATIONS})
fn main(${grid.parameter}, @builtin(local_invocation_index) invocation: u32) {
  ${grid.locate}let batch = group.z;
  let firstRow = group.y * ${tileRows}u;
  let firstColumn = group.x * ${4 * tileVectors}u;
  let x = invocation % ${SIDE}u;
  let y = invocation / ${SIDE}u;
  ${lines(rows, (m) => lines(vectors, (v) => `var c${m}_${v} = vec4f();`))}
  for (var start = 0u; start < DEPTH; start += ${slice}u) {
    ${loadSliceA(problem, slice, tileRows)}
    ${loadSliceB(problem, slice, tileVectors)}
    workgroupBarrier();
    for (var k = 0u; k < ${slice}u; k++) {
      ${lines(vectors, (v) => `let b${v} = sliceB[k * ${tileVectors}u + x + ${SIDE * v}u];`)}
      ${lines(rows, (m) => `let a${m} = sliceA[k * ${tileRows}u + y * ${rows}u + ${m}u];`)}
      ${lines(rows, (m) => lines(vectors, (v) => `c${m}_${v} += a${m} * b${v};`))}
    }
    workgroupBarrier();
  }
  ${lines(rows, (m) =>
    lines(
      vectors,
      (v) =>
        `writeC(firstRow + y * ${rows}u + ${m}u, firstColumn + (x + ${SIDE * v}u) * 4u, batch, c${m}_${v});`,
    ),
  )}
}`;
  return {
    label: `workgroup ${tileRows}x${4 * tileVectors}x${slice}`,
    wgsl,
    operands,
    workgroups: grid.workgroups,
  };
}

/** Neighbouring invocations load neighbouring elements: along the depth where A lies along it. */
function loadSliceA({ a }: GemmProblem, slice: number, tileRows: number): string {
  const alongDepth = a.stride === 1;
  const [row, k] = alongDepth
    ? [`e / ${slice}u`, `e % ${slice}u`]
    : [`e % ${tileRows}u`, `e / ${tileRows}u`];
  return `
    for (var e = invocation; e < ${slice * tileRows}u; e += ${INVOCATIONS}u) {
      let row = ${row};
      let k = ${k};
      let depth = start + k;
      var value = 0.0;
      if (depth < DEPTH && firstRow + row < ROWS) {
        value = aAt(aSpan(firstRow + row, depth / INNER, batch), i32(depth % INNER));
      }
      sliceA[k * ${tileRows}u + row] = value;
    }`;
}

function loadSliceB({ b }: GemmProblem, slice: number, tileVectors: number): string {
  const alongDepth = b.columnStride !== 1;
  const [vector, k] = alongDepth
    ? [`e / ${slice}u`, `e % ${slice}u`]
    : [`e % ${tileVectors}u`, `e / ${tileVectors}u`];
  return `
    for (var e = invocation; e < ${slice * tileVectors}u; e += ${INVOCATIONS}u) {
      let vector = ${vector};
      let k = ${k};
      let depth = start + k;
      var value = vec4f();
      if (depth < DEPTH && firstColumn + vector * 4u < COLUMNS) {
        value = bAt(bOffset(depth / INNER, batch), depth % INNER, firstColumn + vector * 4u);
      }
      sliceB[k * ${tileVectors}u + vector] = value;
    }`;
}
