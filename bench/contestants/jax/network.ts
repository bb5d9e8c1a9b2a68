import { type Array as JaxArray, lax, nn, numpy as np, random } from '@jax-js/jax';
import { assert, at } from '../../../src/util/assert.ts';
import type { LayerEntry } from '../../work/work.ts';

/**
 * The network in operations of jax-js, which lays images out as NCHW and kernels as OIHW. A function of
 * jax-js consumes its arguments; `ref` keeps one for another use.
 */
export function forward(
  layers: readonly LayerEntry[],
  weights: readonly JaxArray[],
  images: JaxArray,
  key: JaxArray | undefined,
): JaxArray {
  const queue = [...weights];
  const next = () => {
    const weight = queue.shift();
    assert(weight, 'every layer has its weights');
    return weight;
  };
  const dropouts = layers.filter(drops).length;
  const keys = key && dropouts > 0 ? [...random.split(key, dropouts)] : [];
  if (dropouts === 0) key?.dispose();
  return layers.reduce((x, layer) => apply(layer, x, next, keys), images);
}

const drops = (layer: LayerEntry) => layer.kind === 'dropout' && layer.rate > 0;

function apply(layer: LayerEntry, x: JaxArray, next: () => JaxArray, keys: JaxArray[]): JaxArray {
  switch (layer.kind) {
    case 'conv2d': {
      const padding = layer.padding === 'same' ? 'SAME' : 'VALID';
      const product = lax.conv(x, next(), [layer.stride, layer.stride], padding);
      return activated(product.add(next().reshape([1, -1, 1, 1])), layer.activation);
    }
    case 'lrn':
      return lrn(layer, x);
    case 'maxPool':
      return lax.reduceWindow(padded(layer, x), np.max, ...windowOf(layer));
    case 'avgPool':
      return lax.reduceWindow(x, np.mean, ...windowOf(layer));
    case 'flatten':
      return x.reshape([at(x.shape, 0), -1]);
    case 'dense':
      return activated(np.matmul(x, next()).add(next()), layer.activation);
    case 'dropout': {
      const key = keys.shift();
      if (!key) return x;
      const kept = random.bernoulli(key, 1 - layer.rate, x.shape);
      return np.where(kept, x.mul(1 / (1 - layer.rate)), 0);
    }
    case 'batchNorm':
      throw new Error('batch normalisation is no part of the benchmarks');
  }
}

function activated(x: JaxArray, activation: 'linear' | 'relu' | 'tanh'): JaxArray {
  if (activation === 'linear') return x;
  return activation === 'relu' ? nn.relu(x) : np.tanh(x);
}

/**
 * Local response normalisation, which neither JAX nor jax-js has a function for: the squares of the
 * channels around each are slices of one padded array, and `jit` fuses their sum with what follows.
 */
function lrn(
  { depthRadius, bias, alpha, beta }: Extract<LayerEntry, { kind: 'lrn' }>,
  x: JaxArray,
): JaxArray {
  assert(beta === 0.75, 'its power is made of square roots');
  const channels = at(x.shape, 1);
  const squares = np.pad(np.square(x.ref), [
    [0, 0],
    [depthRadius, depthRadius],
    [0, 0],
    [0, 0],
  ]);
  let sum = squares.ref.slice([], [0, channels], [], []);
  for (let first = 1; first <= 2 * depthRadius; first++) {
    sum = sum.add(squares.ref.slice([], [first, first + channels], [], []));
  }
  squares.dispose();
  const root = np.sqrt(sum.mul(alpha).add(bias));
  return x.div(root.ref.mul(np.sqrt(root)));
}

type PoolEntry = Extract<LayerEntry, { kind: 'maxPool' | 'avgPool' }>;

function windowOf({ poolSize, stride }: PoolEntry): [number[], number[]] {
  return [
    [poolSize, poolSize],
    [stride, stride],
  ];
}

/** With 'same' padding, in zeros: what is pooled comes from a ReLU, so that they never win. */
function padded({ poolSize, stride, padding, inputShape }: PoolEntry, x: JaxArray): JaxArray {
  if (padding === 'valid') return x;
  const pair = (side = 1): [number, number] => {
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + poolSize - side);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return np.pad(x, [[0, 0], [0, 0], pair(inputShape[0]), pair(inputShape[1])]);
}
