import { grad, type Array as JaxArray, jit, lax, numpy as np, random } from '@jax-js/jax';
import type { LayerOperation } from '../../work/operations.ts';
import type { LayerEntry, Work } from '../../work/work.ts';
import type { Runner } from '../contestant.ts';

/**
 * The products in jax-js. The gradient of `sum(product * dy)` is what the backward pass of a layer
 * computes; under `jit` nothing is left of the product itself, of which nobody reads the value.
 */
export function operationOf(
  { manifest }: Work,
  { layer, which }: LayerOperation,
  device: 'webgpu' | 'wasm',
): Runner | undefined {
  const entry = manifest.layers[layer];
  const made = entry && operands(entry, manifest.recipe.batchSize);
  if (!made) return undefined;
  const { product, x, weights, dy } = made;
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
  const compute = () => {
    if (which === 'forward') return forward(x.ref, weights.ref);
    const towards = which === 'weight gradient' ? toWeights : toInput;
    return towards(x.ref, weights.ref, dy.ref);
  };
  return {
    async run(times) {
      let last: JaxArray | undefined;
      for (let i = 0; i < times; i++) {
        last?.dispose();
        last = compute();
        // What nobody asks for before it is disposed of is never computed.
        if (device === 'webgpu') last.ref.gpuBufferSync();
        else await last.blockUntilReady();
      }
      await last?.blockUntilReady();
      last?.dispose();
      return undefined;
    },
    dispose() {
      for (const array of [x, weights, dy]) array.dispose();
      for (const compiled of [forward, toWeights, toInput]) compiled.dispose();
    },
  };
}

/** Channels first, as jax-js lays images out. */
function operands(layer: LayerEntry, batch: number) {
  const array = (seed: number, ...shape: number[]): JaxArray =>
    random.normal(random.key(np.array(seed, { dtype: np.uint32 })), shape);
  const [height = 1, width = 1, channels = 1] = layer.inputShape;
  if (layer.kind === 'dense') {
    return {
      product: (a: JaxArray, w: JaxArray): JaxArray => np.matmul(a, w),
      x: array(1, batch, height),
      weights: array(2, height, layer.units),
      dy: array(3, batch, layer.units),
    };
  }
  if (layer.kind !== 'conv2d') return undefined;
  const { kernelSize: side, stride, padding, filters } = layer;
  const pads = padding === 'same' ? 'SAME' : 'VALID';
  const [outHeight = 1, outWidth = 1] = layer.outputShape;
  return {
    product: (a: JaxArray, w: JaxArray): JaxArray => lax.conv(a, w, [stride, stride], pads),
    x: array(1, batch, channels, height, width),
    weights: array(2, filters, channels, side, side),
    dy: array(3, batch, filters, outHeight, outWidth),
  };
}
