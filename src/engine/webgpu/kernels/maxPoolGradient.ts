import type { Gate } from '../../../domain/architecture/activation.ts';
import type { PoolGeometry } from '../../../domain/architecture/window.ts';
import { gateFactor, gateLabel } from '../gate.ts';
import type { Operation, Shader } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { type Binding, declareBindings, laneType, linearGrid } from '../wgsl.ts';
import { argmaxBytes, maxPoolLanes, maxPoolShader } from './maxPool.ts';
import { outputsOfInput, poolInputFloats, poolKey, poolOutputFloats } from './pool.ts';

/**
 * The gradient of max pooling: an input gets the gradients of the windows whose maximum it was.
 *
 *   dx[n, y, x, c] = sum of dy[n, i, j, c] over the windows (i, j) with argmax[n, i, j, c] = (y, x)
 *
 * Each input asks the few windows that hold it, so that nothing is written twice.
 */

/**
 * Operands: `dy`, `argmax`, `dx`, and `gated`, the output of the layer before, if `gate` is not open.
 */
export function maxPoolGradient(g: PoolGeometry, gate: Gate): Operation {
  const shader = gradientShader(g, gate);
  return {
    op: 'maxPoolGradient',
    shape: `${poolKey(g)}, ${gateLabel(gate)}`,
    flops: poolInputFloats(g),
    bytes:
      (poolInputFloats(g) * (gate.kind === 'open' ? 1 : 2) + poolOutputFloats(g)) * FLOAT_BYTES +
      argmaxBytes(g),
    variants: [{ name: shader.label, shaders: [shader], scratch: {} }],
  };
}

/** Operands: `dy`, `x`, `dx`: the places of the maxima are looked up first, as tfjs finds them. */
export function maxPoolGradientFromInput(g: PoolGeometry): Operation {
  const gradient = gradientShader(g, { kind: 'open' });
  return {
    op: 'maxPoolGradientFromInput',
    shape: poolKey(g),
    flops: poolOutputFloats(g) * g.windowHeight * g.windowWidth,
    bytes: (2 * poolInputFloats(g) + poolOutputFloats(g)) * FLOAT_BYTES,
    variants: [
      {
        name: gradient.label,
        shaders: [maxPoolShader(g, ['argmax'], 'ignored'), gradient],
        scratch: { argmax: argmaxBytes(g) },
      },
    ],
  };
}

function gradientShader(g: PoolGeometry, gate: Gate): Shader {
  const lanes = maxPoolLanes(g);
  const type = laneType(lanes);
  const vectors = g.channels / lanes;
  const grid = linearGrid(poolInputFloats(g) / lanes);
  const bindings: Binding[] = [
    { name: 'dy', access: 'read', type: `array<${type}>` },
    { name: 'argmax', access: 'read', type: 'array<u32>' },
    { name: 'dx', access: 'read_write', type: `array<${type}>` },
  ];
  if (gate.kind !== 'open') {
    bindings.push({ name: 'gated', access: 'read', type: `array<${type}>` });
  }
  const places =
    lanes === 4
      ? '((vec4u(argmax[source]) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u)) == vec4u(place)'
      : 'argmax[source] == place';
  const wgsl = `
${declareBindings(bindings)}
${grid.main(`${outputsOfInput(g, vectors)}
  var sum = ${type}(0.0);
  for (var i = i0; i <= i1; i++) {
    for (var j = j0; j <= j1; j++) {
      let place = u32((y - i * ${g.strideHeight}) * ${g.windowWidth} + x - j * ${g.strideWidth});
      let source = u32((n * ${g.outHeight} + i) * ${g.outWidth} + j) * ${vectors}u + vector;
      sum += select(${type}(0.0), dy[source], ${places});
    }
  }
  ${gate.kind === 'open' ? '' : 'let output = gated[item];'}
  dx[item] = sum * ${gateFactor(gate, 'output', lanes)};`)}`;
  return {
    label: `maxPoolGradient ${lanes} channels`,
    wgsl,
    operands: bindings.map(({ name }) => name),
    workgroups: grid.workgroups,
  };
}
