import { FLOAT_BYTES, type Operation } from '../operation.ts';
import { declareBindings, lanesOf, laneType, linearGrid } from '../wgsl.ts';

/** Two buffers exchange their `size` numbers, in place, without room for a third. Operands: `a`, `b`. */
export function swap(size: number): Operation {
  const lanes = lanesOf(size);
  const type = `array<${laneType(lanes)}>`;
  const grid = linearGrid(size / lanes);
  const wgsl = `
${declareBindings([
  { name: 'a', access: 'read_write', type },
  { name: 'b', access: 'read_write', type },
])}
${grid.main(`
  let kept = a[item];
  a[item] = b[item];
  b[item] = kept;`)}`;
  return {
    op: 'swap',
    shape: `${size}`,
    flops: 0,
    bytes: 4 * size * FLOAT_BYTES,
    variants: [
      {
        name: `${lanes} numbers`,
        shaders: [{ label: 'swap', wgsl, operands: ['a', 'b'], workgroups: grid.workgroups }],
        scratch: {},
      },
    ],
  };
}
