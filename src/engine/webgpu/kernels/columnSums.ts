import { assert } from '../../../util/assert.ts';
import type { DeviceTraits, Operation, Shader } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { declareBindings, lanesOf, laneType, linearGrid, MOST_WORKGROUPS } from '../wgsl.ts';
import { workgroupSum } from './workgroupSum.ts';

/**
 * The gradient of a bias: it was added to every row, so it gets the sum of the rows' gradients.
 *
 *   sums[c] = sum over rows of  x[row, c]
 *
 * Long columns are cut into pieces that are summed side by side, and the pieces added in order.
 */

/** Rows that one invocation adds up before others should take a share. */
const ROWS_PER_PIECE = 64;
const MAX_PIECES = 512;

/** Operands: `x`, `sums`. */
export function columnSums(
  rows: number,
  columns: number,
  { software }: Pick<DeviceTraits, 'software'> = { software: true },
): Operation {
  const pieces = Math.min(Math.ceil(rows / ROWS_PER_PIECE), MAX_PIECES);
  const addPieces = software
    ? sumShader('pieces', 'sums', pieces, columns, 1)
    : foldShader(pieces, columns);
  const shaders =
    pieces === 1
      ? [sumShader('x', 'sums', rows, columns, 1)]
      : [sumShader('x', 'pieces', rows, columns, pieces), addPieces];
  return {
    op: 'columnSums',
    shape: `${rows}x${columns}`,
    flops: rows * columns,
    bytes: (rows + 1) * columns * FLOAT_BYTES,
    variants: [
      {
        name: `in ${pieces}`,
        shaders,
        scratch: pieces === 1 ? {} : { pieces: pieces * columns * FLOAT_BYTES },
      },
    ],
  };
}

function sumShader(
  from: string,
  to: string,
  rows: number,
  columns: number,
  pieces: number,
): Shader {
  const lanes = lanesOf(columns);
  const type = laneType(lanes);
  const vectors = columns / lanes;
  const grid = linearGrid(pieces * vectors);
  const length = Math.ceil(rows / pieces);
  const wgsl = `
${declareBindings([
  { name: from, access: 'read', type: `array<${type}>` },
  { name: to, access: 'read_write', type: `array<${type}>` },
])}
${grid.main(`
  let vector = item % ${vectors}u;
  let first = item / ${vectors}u * ${length}u;
  let end = min(first + ${length}u, ${rows}u);
  var sum = ${type}(0.0);
  for (var row = first; row < end; row++) { sum += ${from}[row * ${vectors}u + vector]; }
  ${to}[item] = sum;`)}`;
  return {
    label: `columnSums in ${pieces}`,
    wgsl,
    operands: [from, to],
    workgroups: grid.workgroups,
  };
}

/** A workgroup for each vector of columns. */
function foldShader(pieces: number, columns: number): Shader {
  const lanes = lanesOf(columns);
  const type = laneType(lanes);
  const vectors = columns / lanes;
  assert(vectors <= MOST_WORKGROUPS, 'a layer has fewer units than that');
  const wgsl = `
${declareBindings([
  { name: 'pieces', access: 'read', type: `array<${type}>` },
  { name: 'sums', access: 'read_write', type: `array<${type}>` },
])}
${workgroupSum(
  {
    ...{ type, count: pieces, value: `pieces[i * ${vectors}u + group.x]` },
    finish: 'sums[group.x] = sum;',
  },
  false,
)}`;
  return {
    label: `columnSums of ${pieces} pieces`,
    wgsl,
    operands: ['pieces', 'sums'],
    workgroups: [vectors, 1, 1],
  };
}
