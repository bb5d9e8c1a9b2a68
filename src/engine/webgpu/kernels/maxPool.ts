import type { PoolGeometry } from '../../../domain/architecture/window.ts';
import type { Operation, Shader } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import {
  type Binding,
  declareBindings,
  isNan,
  type Lanes,
  lanesOf,
  laneType,
  linearGrid,
} from '../wgsl.ts';
import { poolInputFloats, poolKey, poolOutputFloats, windowOfOutput } from './pool.ts';

/**
 * Max pooling, and where in its window each maximum stood: `argmax`, counted row by row from the
 * window's corner. Of equal values the first counts, as in tfjs-cpu.
 * Training keeps it for the way back, where the places of four channels take a word: a quarter of what
 * the input itself would (or a word each, where the channels do not divide by four, or the window has
 * more places than a byte tells apart).
 *
 * Every window holds a pixel of the image at least.
 */

/**
 * What a NaN in a window does: `spread` through it, so that the loss of a training tells of it, or be
 * `ignored` beside numbers, as tfjs promises of its own pooling.
 */
export type NansOfPool = 'spread' | 'ignored';

/** Operands: `x`, `y`, and `argmax` if kept. */
export function maxPool(
  g: PoolGeometry,
  keepsArgmax: boolean,
  nans: NansOfPool = 'spread',
): Operation {
  const outputs = keepsArgmax ? (['y', 'argmax'] as const) : (['y'] as const);
  const shader = maxPoolShader(g, outputs, nans);
  return {
    op: 'maxPool',
    shape: `${poolKey(g)}${keepsArgmax ? ', argmax' : ''}, NaNs ${nans}`,
    flops: poolOutputFloats(g) * g.windowHeight * g.windowWidth,
    bytes:
      (poolInputFloats(g) + poolOutputFloats(g)) * FLOAT_BYTES + (keepsArgmax ? argmaxBytes(g) : 0),
    variants: [{ name: shader.label, shaders: [shader], scratch: {} }],
  };
}

/** Four channels at once, if their places in the window fit a byte each. */
export function maxPoolLanes({ channels, windowHeight, windowWidth }: PoolGeometry): Lanes {
  return windowHeight * windowWidth <= 256 ? lanesOf(channels) : 1;
}

/** A word of 32 bits holds the places of the channels that an invocation handles. */
export function argmaxBytes(g: PoolGeometry): number {
  return (poolOutputFloats(g) / maxPoolLanes(g)) * 4;
}

export function maxPoolShader(
  g: PoolGeometry,
  outputs: readonly ('y' | 'argmax')[],
  nans: NansOfPool,
): Shader {
  const lanes = maxPoolLanes(g);
  const type = laneType(lanes);
  const places = lanes === 4 ? 'vec4u' : 'u32';
  const vectors = g.channels / lanes;
  const grid = linearGrid(poolOutputFloats(g) / lanes);
  const types = { y: `array<${type}>`, argmax: 'array<u32>' };
  const bindings: Binding[] = [
    { name: 'x', access: 'read', type: `array<${type}>` },
    ...outputs.map((name): Binding => ({ name, access: 'read_write', type: types[name] })),
  ];
  const word =
    lanes === 4 ? 'place.x | (place.y << 8u) | (place.z << 16u) | (place.w << 24u)' : 'place';
  const [valueIsNan, bestIsNan] = [isNan('value', lanes), isNan('best', lanes)];
  const larger = {
    spread: `((value > best) | ${valueIsNan}) & !${bestIsNan}`,
    ignored: `((value > best) | ${bestIsNan}) & !${valueIsNan}`,
  };
  const write = { y: 'y[item] = best;', argmax: `argmax[item] = ${word};` };
  const wgsl = `
${declareBindings(bindings)}
${grid.main(`${windowOfOutput(g, vectors)}
  var best = x_at(n, top, left, vector);
  var place = ${places}(u32((top - y0) * ${g.windowWidth} + left - x0));
  for (var row = top; row < bottom; row++) {
    for (var column = left; column < right; column++) {
      let value = x_at(n, row, column, vector);
      let larger = ${larger[nans]};
      best = select(best, value, larger);
      place = select(place, ${places}(u32((row - y0) * ${g.windowWidth} + column - x0)), larger);
    }
  }
  ${outputs.map((name) => write[name]).join('\n  ')}`)}

fn x_at(n: i32, row: i32, column: i32, vector: u32) -> ${type} {
  return x[u32((n * ${g.inHeight} + row) * ${g.inWidth} + column) * ${vectors}u + vector];
}`;
  return {
    label: `maxPool ${outputs.join(' ')}`,
    wgsl,
    operands: bindings.map(({ name }) => name),
    workgroups: grid.workgroups,
  };
}
