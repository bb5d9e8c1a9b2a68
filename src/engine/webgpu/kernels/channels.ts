import { FLOAT_BYTES, type Operation } from '../operation.ts';
import { declareBindings, linearGrid, lines } from '../wgsl.ts';

/** Cutting the channels of `[rows, channels]` into parts, and putting parts side by side. */

/** `y[row, c] = x[row, first + c]`. Operands: `x`, `y`. */
export function takeChannels(
  rows: number,
  { first, channels, count }: { first: number; channels: number; count: number },
): Operation {
  const grid = linearGrid(rows * count);
  const wgsl = `
${declareBindings([
  { name: 'x', access: 'read', type: 'array<f32>' },
  { name: 'y', access: 'read_write', type: 'array<f32>' },
])}
${grid.main(`y[item] = x[item / ${count}u * ${channels}u + ${first}u + item % ${count}u];`)}`;
  return {
    op: 'takeChannels',
    shape: `${rows}x${channels} from ${first}, ${count}`,
    flops: 0,
    bytes: 2 * rows * count * FLOAT_BYTES,
    variants: [
      {
        name: 'an element each',
        shaders: [
          { label: 'takeChannels', wgsl, operands: ['x', 'y'], workgroups: grid.workgroups },
        ],
        scratch: {},
      },
    ],
  };
}

/** `y = [x0, x1, ..]`, rows of so many channels each. Operands: `x0`, `x1` and so on, and `y`. */
export function joinChannels(rows: number, channels: readonly number[]): Operation {
  const all = channels.reduce((sum, count) => sum + count, 0);
  const grid = linearGrid(rows * all);
  const parts = channels.map((_, part) => `x${part}`);
  const firstOf = (part: number) => channels.slice(0, part).reduce((sum, count) => sum + count, 0);
  const copy = (part: number) => {
    const [first, count] = [firstOf(part), channels[part] ?? 0];
    return `
  if (channel >= ${first}u && channel < ${first + count}u) {
    y[item] = x${part}[row * ${count}u + channel - ${first}u];
  }`;
  };
  const wgsl = `
${declareBindings([
  ...parts.map((name) => ({ name, access: 'read', type: 'array<f32>' }) as const),
  { name: 'y', access: 'read_write', type: 'array<f32>' },
])}
${grid.main(`
  let row = item / ${all}u;
  let channel = item % ${all}u;
  ${lines(channels.length, copy)}`)}`;
  return {
    op: 'joinChannels',
    shape: `${rows}x${channels.join('+')}`,
    flops: 0,
    bytes: 2 * rows * all * FLOAT_BYTES,
    variants: [
      {
        name: 'an element each',
        shaders: [
          {
            label: 'joinChannels',
            wgsl,
            operands: [...parts, 'y'],
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}
