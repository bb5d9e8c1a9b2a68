import { type Array as JaxArray, numpy as np } from '@jax-js/jax';
import { at } from '../../../src/util/assert.ts';
import type { Work } from '../../work/work.ts';

/** The work's weights as jax-js lays them out: kernels OIHW, and what follows a flattening by CHW. */
export function jaxWeights({ manifest, weights }: Work): JaxArray[] {
  const flattened = manifest.layers.find((layer) => layer.kind === 'flatten')?.inputShape ?? [];
  const firstDense = weights.findIndex(({ shape }) => shape.length === 2);
  return weights.map(({ values, shape }, i) => {
    const [a = 1, b = 1, c = 1, d = 1] = shape;
    if (shape.length === 4) {
      const moved = permuted(values, [a, b, c, d], [3, 2, 0, 1]);
      return np.array(moved, { shape: [d, c, a, b] });
    }
    if (i !== firstDense) return np.array(values.slice(), { shape: [...shape] });
    const [height = 1, width = 1, channels = 1] = flattened;
    const moved = permuted(values, [height, width, channels, b], [2, 0, 1, 3]);
    return np.array(moved, { shape: [a, b] });
  });
}

type Four = readonly [number, number, number, number];

/** The axis `order[i]` becomes the i-th. */
function permuted(values: Float32Array, shape: Four, order: Four): Float32Array<ArrayBuffer> {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((x, y) => x * y, 1));
  const [e0 = 1, e1 = 1, e2 = 1, e3 = 1] = order.map((axis) => at(shape, axis));
  const [s0 = 1, s1 = 1, s2 = 1, s3 = 1] = order.map((axis) => at(strides, axis));
  const out = new Float32Array(values.length);
  let to = 0;
  for (let i = 0; i < e0; i++)
    for (let j = 0; j < e1; j++)
      for (let k = 0; k < e2; k++)
        for (let l = 0; l < e3; l++) out[to++] = values[i * s0 + j * s1 + k * s2 + l * s3] ?? 0;
  return out;
}
