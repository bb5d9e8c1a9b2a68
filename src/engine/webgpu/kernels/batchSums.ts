import { FLOAT_BYTES, type Shader } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { type Binding, declareBindings, lanesOf, laneType, linearGrid } from '../wgsl.ts';

/**
 * Sums over all pixels of the images that a batch holds, a channel each: the last batch of an epoch is
 * short, and what lies behind its images counts for nothing. Long columns are cut into pieces that are
 * summed side by side, and the pieces added in order.
 */
export interface BatchSum {
  readonly batch: number;
  readonly pixels: number;
  readonly channels: number;
  /** What is read of each pixel. */
  readonly images: readonly string[];
  /** What is read a channel, for each element; and at the end. */
  readonly perChannel: readonly string[];
  readonly atTheEnd?: readonly string[];
  /** WGSL expression to be summed, of element `i` of the images and element `vector` of the others. */
  readonly value: string;
  /** What is written a channel. */
  readonly results: readonly string[];
  /** WGSL statements that write `[vector]` of the results, given `sum` and `rows` of f32. */
  readonly finish: string;
}

const ROWS_PER_PIECE = 64;
const MAX_PIECES = 256;

const piecesOf = ({ batch, pixels }: BatchSum): number =>
  Math.min(Math.ceil((batch * pixels) / ROWS_PER_PIECE), MAX_PIECES);

/** Bytes that the pieces need, `pieces`. */
export const piecesBytes = (sum: BatchSum): number => piecesOf(sum) * sum.channels * FLOAT_BYTES;

/** Operands: those that the sum names, `step`, and the scratch `pieces`. */
export function batchSum(sum: BatchSum): Shader[] {
  const { batch, pixels, channels, images, perChannel, atTheEnd = [], results } = sum;
  const pieces = piecesOf(sum);
  const lanes = lanesOf(channels);
  const type = laneType(lanes);
  const vectors = channels / lanes;
  const length = Math.ceil((batch * pixels) / pieces);
  const binding = (name: string, access: 'read' | 'read_write'): Binding => ({
    ...{ name, access, type: `array<${type}>` },
  });
  const partGrid = linearGrid(pieces * vectors);
  const parts = [
    ...[...images, ...perChannel].map((name) => binding(name, 'read')),
    ...[binding('pieces', 'read_write'), STEP_BINDING],
  ];
  const add = `
  let vector = item % ${vectors}u;
  let first = item / ${vectors}u * ${length}u;
  let end = min(first + ${length}u, step.count * ${pixels}u);
  var sum = ${type}();
  for (var row = first; row < end; row++) {
    let i = row * ${vectors}u + vector;
    sum += ${sum.value};
  }
  pieces[item] = sum;`;
  const wholeGrid = linearGrid(vectors);
  const wholes = [
    binding('pieces', 'read'),
    ...atTheEnd.map((name) => binding(name, 'read')),
    ...results.map((name) => binding(name, 'read_write')),
    STEP_BINDING,
  ];
  const fold = `
  let vector = item;
  let rows = f32(step.count * ${pixels}u);
  var sum = ${type}();
  for (var piece = 0u; piece < ${pieces}u; piece++) { sum += pieces[piece * ${vectors}u + vector]; }
  ${sum.finish}`;
  const shader = (label: string, bindings: Binding[], grid: typeof partGrid, body: string) => ({
    label,
    wgsl: `${STEP_STRUCT}\n${declareBindings(bindings)}\n${grid.main(body)}`,
    operands: bindings.map(({ name }) => name),
    workgroups: grid.workgroups,
  });
  return [
    shader(`sums of ${sum.value}`, parts, partGrid, add),
    shader(`sums of ${pieces} pieces`, wholes, wholeGrid, fold),
  ];
}
