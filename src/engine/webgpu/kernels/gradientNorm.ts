import { type DeviceTraits, FLOAT_BYTES, type Operation, type Shader } from '../operation.ts';
import { declareBindings, f32, isNan, lanesOf, laneType, linearGrid } from '../wgsl.ts';
import { workgroupSum } from './workgroupSum.ts';

/**
 * Clipping by the global norm (Pascanu et al. 2013, "On the difficulty of training recurrent neural
 * networks", algorithm 1): if all gradients together are longer than `maxNorm`, all are shortened by
 *
 *   factor = min(1, maxNorm / norm),   norm = sqrt(sum over all gradients of sum of g^2)
 *
 * Each gradient leaves its sum of squares in a slot of its own; a last shader adds the slots up.
 */

/** Elements that one invocation adds up, before others should take a share. */
const PIECE = 64;
const MAX_PIECES = 4096;

/** Operands: `g`, `squares`. */
export function squareSum(
  size: number,
  slot: number,
  slots: number,
  { software }: Pick<DeviceTraits, 'software'> = { software: true },
): Operation {
  const lanes = lanesOf(size);
  const vectors = size / lanes;
  const pieces = Math.min(Math.ceil(vectors / PIECE), MAX_PIECES);
  const length = Math.ceil(vectors / pieces);
  const type = laneType(lanes);
  const grid = linearGrid(pieces);
  const partial = `
${declareBindings([
  { name: 'g', access: 'read', type: `array<${type}>` },
  { name: 'pieces', access: 'read_write', type: `array<f32, ${pieces}>` },
])}
${grid.main(`
  var sum = ${type}(0.0);
  let end = min((item + 1u) * ${length}u, ${vectors}u);
  for (var i = item * ${length}u; i < end; i++) { sum += g[i] * g[i]; }
  pieces[item] = ${lanes === 4 ? 'sum.x + sum.y + sum.z + sum.w' : 'sum'};`)}`;
  const shaders: Shader[] = [
    { label: 'squareSum', wgsl: partial, operands: ['g', 'pieces'], workgroups: grid.workgroups },
    {
      label: 'squareSum, pieces',
      wgsl: `
${declareBindings([
  { name: 'pieces', access: 'read', type: `array<f32, ${pieces}>` },
  { name: 'squares', access: 'read_write', type: `array<f32, ${slots}>` },
])}
${workgroupSum(
  { type: 'f32', count: pieces, value: 'pieces[i]', finish: `squares[${slot}] = sum;` },
  software,
)}`,
      operands: ['pieces', 'squares'],
      workgroups: [1, 1, 1],
    },
  ];
  return {
    op: 'squareSum',
    shape: `${size}, slot ${slot} of ${slots}`,
    flops: 2 * size,
    bytes: size * FLOAT_BYTES,
    variants: [{ name: `in ${pieces}`, shaders, scratch: { pieces: pieces * FLOAT_BYTES } }],
  };
}

/** Operands: `squares`, `factor`. */
export function clipFactor(slots: number, maxNorm: number): Operation {
  const wgsl = `
${declareBindings([
  { name: 'squares', access: 'read', type: `array<f32, ${slots}>` },
  { name: 'factor', access: 'read_write', type: 'array<f32>' },
])}
${workgroupSum(
  {
    type: 'f32',
    count: slots,
    value: 'squares[i]',
    finish: `factor[0] = select(min(1.0, ${f32(maxNorm)} / max(sqrt(sum), 1e-30)), sum, ${isNan('sum', 1)});`,
  },
  true,
)}`;
  return {
    op: 'clipFactor',
    shape: `${slots} gradients to ${maxNorm}`,
    flops: slots,
    bytes: slots * FLOAT_BYTES,
    variants: [
      {
        name: 'one by one',
        shaders: [
          { label: 'clipFactor', wgsl, operands: ['squares', 'factor'], workgroups: [1, 1, 1] },
        ],
        scratch: {},
      },
    ],
  };
}
