import type { LrnShape } from '../../../domain/architecture/operation.ts';
import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { declareBindings, f32, type Lanes, lanesOf, laneType, linearGrid } from '../wgsl.ts';

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3):
 *
 *   y[c] = x[c] s[c]^-beta,   s[c] = bias + alpha * sum over d in -r..r of x[c + d]^2
 *
 * with zeros beyond the first and last channel. An invocation makes four channels of a pixel where
 * the channels divide by four: it loads the vectors that its windows touch, each once.
 */

/** Operands: `x`, `y`. */
export function lrn(shape: LrnShape): Operation {
  const { pixels, channels } = shape;
  const lanes = lanesOf(channels);
  const type = laneType(lanes);
  const vectors = channels / lanes;
  const grid = linearGrid(pixels * vectors);
  const reach = Math.ceil(shape.depthRadius / lanes);
  const wgsl = `
${declareBindings([
  { name: 'x', access: 'read', type: `array<${type}>` },
  { name: 'y', access: 'read_write', type: `array<${type}>` },
])}
${inverseRoot(shape.beta, type)}
${grid.main(`
  let vector = i32(item % ${vectors}u);
  ${loadVectors('x', 'x', reach, vectors, type)}
  ${squares(reach)}
  let s = ${type}(${f32(shape.bias)}) + ${f32(shape.alpha)} * ${windowSum('q', 0, shape.depthRadius, lanes)};
  y[item] = x${id(0)} * inverseRoot(s);`)}`;
  const floats = pixels * channels;
  return {
    op: 'lrn',
    shape: lrnKey(shape),
    flops: floats * (2 * (2 * shape.depthRadius + 1) + 4),
    bytes: 2 * floats * FLOAT_BYTES,
    variants: [
      {
        name: `${lanes} channels`,
        shaders: [{ label: 'lrn', wgsl, operands: ['x', 'y'], workgroups: grid.workgroups }],
        scratch: {},
      },
    ],
  };
}

export const lrnKey = ({ pixels, channels, depthRadius, bias, alpha, beta }: LrnShape): string =>
  `${pixels}x${channels} radius ${depthRadius}, ${bias} + ${alpha}, ^${beta}`;

/** `inverseRoot(s) = s^-beta`, by square roots where they do. */
export function inverseRoot(beta: number, type: string): string {
  const value =
    beta === 0.75
      ? 'let r = inverseSqrt(s); return r * sqrt(r);'
      : beta === 0.5
        ? 'return inverseSqrt(s);'
        : `return pow(s, ${type}(${f32(-beta)}));`;
  return `fn inverseRoot(s: ${type}) -> ${type} { ${value} }`;
}

/** Names of the vectors around the invocation's own: `m1`, `p0`, `p1`. */
export const id = (offset: number): string => (offset < 0 ? `m${-offset}` : `p${offset}`);

/** Loads the vectors from -reach to reach around `item` as `<prefix><id>`; zeros beyond the channels. */
export function loadVectors(
  prefix: string,
  buffer: string,
  reach: number,
  vectors: number,
  type: string,
): string {
  return around(reach, (offset) => {
    if (offset === 0) return `let ${prefix}${id(0)} = ${buffer}[item];`;
    const inside = `u32(vector + ${offset}) < ${vectors}u`;
    const name = `${prefix}${id(offset)}`;
    return `let ${name}_inside = ${inside};
  let ${name} = select(${type}(), ${buffer}[select(item, u32(i32(item) + ${offset}), ${name}_inside)], ${name}_inside);`;
  });
}

const squares = (reach: number): string =>
  around(reach, (offset) => `let q${id(offset)} = x${id(offset)} * x${id(offset)};`);

/** One line for each vector from -reach to reach. */
export function around(reach: number, line: (offset: number) => string): string {
  return Array.from({ length: 2 * reach + 1 }, (_, i) => line(i - reach)).join('\n  ');
}

/** An expression of the sums over the windows around the channels of vector `center`. */
export function windowSum(prefix: string, center: number, radius: number, lanes: Lanes): string {
  const element = (channel: number) => {
    const vector = Math.floor(channel / lanes);
    const name = `${prefix}${id(center + vector)}`;
    return lanes === 1 ? name : `${name}[${channel - vector * lanes}]`;
  };
  const sum = (lane: number) =>
    Array.from({ length: 2 * radius + 1 }, (_, i) => element(lane + i - radius)).join(' + ');
  const sums = Array.from({ length: lanes }, (_, lane) => sum(lane));
  return `${laneType(lanes)}(${sums.join(',\n    ')})`;
}
