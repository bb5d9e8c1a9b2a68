import type { Gate } from '../../../domain/architecture/activation.ts';
import type { PoolGeometry } from '../../../domain/architecture/window.ts';
import { gateFactor, gateLabel } from '../gate.ts';
import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { type Binding, declareBindings, lanesOf, laneType, linearGrid } from '../wgsl.ts';
import {
  outputsOfInput,
  poolInputFloats,
  poolKey,
  poolOutputFloats,
  windowOfOutput,
} from './pool.ts';

/**
 * Average pooling over the part of the window that lies on the image, and its gradient: each output
 * passes an equal share to every pixel that it averaged.
 */

/** Operands: `x`, `y`. */
export function avgPool(g: PoolGeometry): Operation {
  const lanes = lanesOf(g.channels);
  const type = laneType(lanes);
  const vectors = g.channels / lanes;
  const grid = linearGrid(poolOutputFloats(g) / lanes);
  const wgsl = `
${declareBindings([
  { name: 'x', access: 'read', type: `array<${type}>` },
  { name: 'y', access: 'read_write', type: `array<${type}>` },
])}
${grid.main(`${windowOfOutput(g, vectors)}
  var sum = ${type}(0.0);
  for (var row = top; row < bottom; row++) {
    for (var column = left; column < right; column++) {
      sum += x[u32((n * ${g.inHeight} + row) * ${g.inWidth} + column) * ${vectors}u + vector];
    }
  }
  y[item] = sum / f32((bottom - top) * (right - left));`)}`;
  return {
    op: 'avgPool',
    shape: poolKey(g),
    flops: poolOutputFloats(g) * g.windowHeight * g.windowWidth,
    bytes: (poolInputFloats(g) + poolOutputFloats(g)) * FLOAT_BYTES,
    variants: [
      {
        name: `${lanes} channels`,
        shaders: [{ label: 'avgPool', wgsl, operands: ['x', 'y'], workgroups: grid.workgroups }],
        scratch: {},
      },
    ],
  };
}

/** Operands: `dy`, `dx`, and `gated` if `gate` is not open. */
export function avgPoolGradient(g: PoolGeometry, gate: Gate): Operation {
  const lanes = lanesOf(g.channels);
  const type = laneType(lanes);
  const vectors = g.channels / lanes;
  const grid = linearGrid(poolInputFloats(g) / lanes);
  const bindings: Binding[] = [
    { name: 'dy', access: 'read', type: `array<${type}>` },
    { name: 'dx', access: 'read_write', type: `array<${type}>` },
  ];
  if (gate.kind !== 'open') {
    bindings.push({ name: 'gated', access: 'read', type: `array<${type}>` });
  }
  const wgsl = `
${declareBindings(bindings)}

// Pixels of the image in the window that begins at \`start\`.
fn covered(start: i32, window: i32, size: i32) -> i32 {
  return min(start + window, size) - max(start, 0);
}
${grid.main(`${outputsOfInput(g, vectors)}
  var sum = ${type}(0.0);
  for (var i = i0; i <= i1; i++) {
    let rows = covered(i * ${g.strideHeight} - ${g.padTop}, ${g.windowHeight}, ${g.inHeight});
    for (var j = j0; j <= j1; j++) {
      let columns = covered(j * ${g.strideWidth} - ${g.padLeft}, ${g.windowWidth}, ${g.inWidth});
      let source = u32((n * ${g.outHeight} + i) * ${g.outWidth} + j) * ${vectors}u + vector;
      sum += dy[source] / f32(rows * columns);
    }
  }
  ${gate.kind === 'open' ? '' : 'let output = gated[item];'}
  dx[item] = sum * ${gateFactor(gate, 'output', lanes)};`)}`;
  return {
    op: 'avgPoolGradient',
    shape: `${poolKey(g)}, ${gateLabel(gate)}`,
    flops: poolInputFloats(g),
    bytes:
      (poolInputFloats(g) * (gate.kind === 'open' ? 1 : 2) + poolOutputFloats(g)) * FLOAT_BYTES,
    variants: [
      {
        name: `${lanes} channels`,
        shaders: [
          {
            label: 'avgPoolGradient',
            wgsl,
            operands: bindings.map(({ name }) => name),
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}
