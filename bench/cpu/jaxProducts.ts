import {
  blockUntilReady,
  grad,
  type Array as JaxArray,
  jit,
  lax,
  numpy as np,
  random,
} from '@jax-js/jax';
import { assert } from '../../src/util/assert.ts';
import type { Contestant } from '../lib/contestant.ts';
import type { LayerProduct } from './products.ts';

/**
 * The products in jax-js. The gradient of `sum(product * dy)` is what the backward pass of a layer
 * computes; under `jit` nothing is left of the product itself, of which nobody reads the value.
 */
export function makeJaxProduct(wanted: LayerProduct, repeats: number): Contestant {
  const { product, x, weights, dy } = operands(wanted);
  const weighted = (a: JaxArray, w: JaxArray, d: JaxArray) => np.sum(product(a, w).mul(d));
  const gradient = (operand: 0 | 1) =>
    jit((a: JaxArray, w: JaxArray, d: JaxArray): JaxArray => {
      const [dx, dw] = grad(weighted, { argnums: [0, 1] })(a, w, d);
      const [kept, dropped] = operand === 0 ? [dx, dw] : [dw, dx];
      dropped.dispose();
      return kept;
    });
  const forward = jit(product);
  const toWeights = gradient(1);
  const toInput = gradient(0);
  const compute = {
    forward: () => forward(x.ref, weights.ref),
    'weight gradient': () => toWeights(x.ref, weights.ref, dy.ref),
    'input gradient': () => toInput(x.ref, weights.ref, dy.ref),
  }[wanted.which];
  // What nobody waits for is never computed: an output must live until it is waited for.
  let outputs: JaxArray[] = [];
  return {
    name: 'jax-js',
    step() {
      for (let i = 0; i < repeats; i++) outputs.push(compute());
    },
    async settle() {
      await blockUntilReady(outputs);
      for (const output of outputs) output.dispose();
      outputs = [];
    },
    dispose() {
      for (const array of [x, weights, dy]) array.dispose();
      for (const compiled of [forward, toWeights, toInput]) compiled.dispose();
    },
  };
}

/** Channels first, as jax-js lays images out. */
function operands({ layer, batch, inputShape, outputShape }: LayerProduct) {
  const array = (seed: number, ...shape: number[]): JaxArray =>
    random.normal(random.key(np.array(seed, { dtype: np.uint32 })), shape);
  const [height = 1, width = 1, channels = 1] = inputShape;
  if (layer.kind === 'dense') {
    return {
      product: (a: JaxArray, w: JaxArray): JaxArray => np.matmul(a, w),
      x: array(1, batch, height),
      weights: array(2, height, layer.units),
      dy: array(3, batch, layer.units),
    };
  }
  const { kernelSize: side, stride, padding, filters } = layer;
  assert(padding === 'same', 'AlexNet pads for outputs of the size of its inputs');
  const [outHeight = 1, outWidth = 1] = outputShape;
  return {
    product: (a: JaxArray, w: JaxArray): JaxArray => lax.conv(a, w, [stride, stride], 'SAME'),
    x: array(1, batch, channels, height, width),
    weights: array(2, filters, channels, side, side),
    dy: array(3, batch, filters, outHeight, outWidth),
  };
}
