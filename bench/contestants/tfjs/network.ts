import { tf } from '../../../src/engine/tfjs/tf.ts';
import { assert } from '../../../src/util/assert.ts';
import { pcg4d, uniformFromBits } from '../../../src/util/random.ts';
import type { LayerEntry, WorkManifest } from '../../work/work.ts';

/** Masks of a dropout layer that are there before the step: each step takes the next. */
export type Masks = ReadonlyMap<string, readonly tf.Tensor[]>;

/** Few where only time is told; where accuracy is, so many that none comes again soon. */
const MASKS = { noise: 2, mnist: 32 };

export function makeMasks({ layers, recipe, spec }: WorkManifest): Masks {
  return new Map(
    layers.flatMap((layer, place) => {
      if (layer.kind !== 'dropout' || layer.rate === 0) return [];
      const shape = [recipe.batchSize, ...layer.inputShape];
      const own = Array.from({ length: MASKS[spec.data] }, (_, i) =>
        drawn(layer.rate, shape, recipe.seed, place, i),
      );
      return [[layer.name, own] as const];
    }),
  );
}

function drawn(
  rate: number,
  shape: number[],
  seed: number,
  layer: number,
  mask: number,
): tf.Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < values.length; i++) {
    const [bits] = pcg4d(seed, layer, mask, i);
    values[i] = uniformFromBits(bits) < rate ? 0 : 1 / (1 - rate);
  }
  return tf.tensor(values, shape);
}

/** The network in tfjs's own operations; `maskOf` gives a layer's mask, or none to leave all units in. */
export function logits(
  { layers }: WorkManifest,
  variables: readonly tf.Variable[],
  images: tf.Tensor4D,
  maskOf: (layer: string) => tf.Tensor | undefined,
): tf.Tensor {
  const queue = [...variables];
  const next = () => {
    const variable = queue.shift();
    assert(variable, 'every layer has its weights');
    return variable;
  };
  return layers.reduce((x: tf.Tensor, layer) => apply(layer, x, next, maskOf), images);
}

function apply(
  layer: LayerEntry,
  x: tf.Tensor,
  next: () => tf.Tensor,
  maskOf: (layer: string) => tf.Tensor | undefined,
): tf.Tensor {
  switch (layer.kind) {
    case 'conv2d': {
      const { stride, padding, activation } = layer;
      const product = tf.conv2d(x as tf.Tensor4D, next() as tf.Tensor4D, stride, padding);
      return activated(tf.add(product, next()), activation);
    }
    case 'lrn': {
      const { depthRadius, bias, alpha, beta } = layer;
      return tf.localResponseNormalization(x as tf.Tensor4D, depthRadius, bias, alpha, beta);
    }
    case 'maxPool':
      return tf.maxPool(x as tf.Tensor4D, layer.poolSize, layer.stride, layer.padding);
    case 'avgPool':
      return tf.avgPool(x as tf.Tensor4D, layer.poolSize, layer.stride, layer.padding);
    case 'flatten':
      return tf.reshape(x, [x.shape[0] ?? 1, -1]);
    case 'dense':
      return activated(tf.add(tf.matMul(x, next()), next()), layer.activation);
    case 'dropout': {
      const mask = maskOf(layer.name);
      return mask ? tf.mul(x, mask) : x;
    }
    case 'batchNorm':
    case 'globalAveragePool':
      throw new Error(`${layer.kind} is no part of the benchmarks`);
  }
}

function activated(x: tf.Tensor, activation: 'linear' | 'relu' | 'tanh'): tf.Tensor {
  if (activation === 'linear') return x;
  return activation === 'relu' ? tf.relu(x) : tf.tanh(x);
}
