import type { Shader } from '../operation.ts';
import { STEP_STRUCT } from '../step.ts';
import { type Binding, declareBindings, linearGrid } from '../wgsl.ts';
import { type GemmProblem, wideColumns } from './problem.ts';
import { finishBindings, finishSource } from './source.ts';

/**
 * Cuts the depth of a product into pieces that run side by side. A filter gradient sums over every
 * pixel of the batch and has few elements to share out, so that a GPU would idle without this. The
 * pieces write partial sums, which a second shader adds in a fixed order: the result is the same
 * every time, which atomic additions would not promise.
 */
export const PARTIAL_SUMS = 'partialSums';

export interface SplitProblem {
  /** Writes `partialSums[piece][batch][row][column]`. */
  readonly partial: GemmProblem;
  readonly sum: Shader;
  readonly partialFloats: number;
}

/** `pieces` of whole taps. */
export function splitDepth(problem: GemmProblem, pieces: number): SplitProblem {
  const { rows, columns, taps, batches, a, b } = problem;
  const tapsPerPiece = Math.ceil(taps / pieces);
  const used = Math.ceil(taps / tapsPerPiece);
  const partialFloats = used * batches * rows * columns;
  const ragged = taps % tapsPerPiece !== 0;
  const partial: GemmProblem = {
    ...problem,
    taps: tapsPerPiece,
    batches: used * batches,
    // Pieces are equally long, so the last one may reach beyond the depth, where A counts as zero.
    ...(ragged ? { beyond: `part / ${batches}u * ${tapsPerPiece}u + tapInPiece >= ${taps}u` } : {}),
    locate: `
  let batch = part % ${batches}u;
  let tap = min(part / ${batches}u * ${tapsPerPiece}u + tapInPiece, ${taps - 1}u);`,
    a: ragged ? { ...a, bordered: true } : a,
    b,
    c: {
      name: PARTIAL_SUMS,
      size: partialFloats,
      offset: `batch * ${rows * columns}u`,
      rowStride: columns,
    },
  };
  return { partial, sum: sumShader(problem, used), partialFloats };
}

function sumShader(problem: GemmProblem, pieces: number): Shader {
  const { rows, columns, batches, c } = problem;
  const wide = wideColumns(problem);
  const vectors = Math.ceil(columns / 4);
  const grid = linearGrid(batches * rows * vectors);
  const type = wide ? 'array<vec4f>' : 'array<f32>';
  const bindings: Binding[] = [
    { name: PARTIAL_SUMS, access: 'read', type },
    { name: c.name, access: 'read_write', type },
    ...finishBindings(c.finish, wide),
  ];
  const stride = batches * rows * columns;
  const read = (lane: number) =>
    `${PARTIAL_SUMS}[source + min(${lane}u, ${columns - 1}u - column)]`;
  const wgsl = `${c.finish?.usesStep ? STEP_STRUCT : ''}
${declareBindings(bindings)}
${finishSource(c.finish, wide)}
${grid.main(`
  let column = item % ${vectors}u * 4u;
  let row = item / ${vectors}u % ${rows}u;
  let batch = item / ${vectors * rows}u;
  var source = (batch * ${rows}u + row) * ${columns}u + column;
  var sums = vec4f();
  for (var piece = 0u; piece < ${pieces}u; piece++) {
    sums += ${wide ? `${PARTIAL_SUMS}[source / 4u]` : `vec4f(${[0, 1, 2, 3].map(read).join(', ')})`};
    source += ${stride}u;
  }
  let at = ${c.offset} + row * ${c.rowStride}u + column;
  let value = finish(sums, at, column);
  ${
    wide
      ? `${c.name}[at / 4u] = value;`
      : `for (var lane = 0u; lane < min(4u, ${columns}u - column); lane++) { ${c.name}[at + lane] = value[lane]; }`
  }`)}`;
  return {
    label: `sum of ${pieces}`,
    wgsl,
    operands: bindings.map(({ name }) => name),
    workgroups: grid.workgroups,
  };
}
