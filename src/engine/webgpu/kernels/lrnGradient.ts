import type { Gate } from '../../../domain/architecture/activation.ts';
import type { LrnShape } from '../../../domain/architecture/operation.ts';
import { gateFactor, gateLabel } from '../gate.ts';
import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { declareBindings, f32, lanesOf, laneType, linearGrid } from '../wgsl.ts';
import { around, id, inverseRoot, loadVectors, lrnKey, windowSum } from './lrn.ts';

/**
 * The gradient of `lrn`. Channel c moved its own output, and those of its neighbours by their sums s:
 *
 *   dx[c] = dy[c] s[c]^-beta - 2 alpha beta x[c] * sum over d in -r..r of t[c + d]
 *   t[j]  = dy[j] x[j] s[j]^(-beta - 1)
 *
 * The sums are worked out again from x: that is cheaper than keeping them. `gate` is the derivative
 * of the layer that made x, folded in.
 */

/** Operands: `dy`, `x`, `dx`. */
export function lrnGradient(shape: LrnShape, gate: Gate): Operation {
  const { pixels, channels, depthRadius, alpha, beta } = shape;
  const lanes = lanesOf(channels);
  const type = laneType(lanes);
  const vectors = channels / lanes;
  const grid = linearGrid(pixels * vectors);
  const reach = Math.ceil(depthRadius / lanes);
  const wgsl = `
${declareBindings([
  { name: 'dy', access: 'read', type: `array<${type}>` },
  { name: 'x', access: 'read', type: `array<${type}>` },
  { name: 'dx', access: 'read_write', type: `array<${type}>` },
])}
${inverseRoot(beta, type)}
${grid.main(`
  let vector = i32(item % ${vectors}u);
  ${loadVectors('x', 'x', 2 * reach, vectors, type)}
  ${loadVectors('g', 'dy', reach, vectors, type)}
  ${around(2 * reach, (v) => `let q${id(v)} = x${id(v)} * x${id(v)};`)}
  ${around(
    reach,
    (
      v,
    ) => `let s${id(v)} = ${type}(${f32(shape.bias)}) + ${f32(alpha)} * ${windowSum('q', v, depthRadius, lanes)};
  let r${id(v)} = inverseRoot(s${id(v)});
  let t${id(v)} = g${id(v)} * x${id(v)} * r${id(v)} / s${id(v)};`,
  )}
  let own = g${id(0)} * r${id(0)};
  let others = x${id(0)} * ${windowSum('t', 0, depthRadius, lanes)};
  let gradient = own - ${f32(2 * alpha * beta)} * others;
  dx[item] = gradient * ${gateFactor(gate, `x${id(0)}`, lanes)};`)}`;
  const floats = pixels * channels;
  return {
    op: 'lrnGradient',
    shape: `${lrnKey(shape)}, ${gateLabel(gate)}`,
    flops: floats * (4 * (2 * depthRadius + 1) + 10),
    bytes: 3 * floats * FLOAT_BYTES,
    variants: [
      {
        name: `${lanes} channels`,
        shaders: [
          { label: 'lrnGradient', wgsl, operands: ['dy', 'x', 'dx'], workgroups: grid.workgroups },
        ],
        scratch: {},
      },
    ],
  };
}
