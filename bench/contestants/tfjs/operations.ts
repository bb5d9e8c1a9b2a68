import { tf } from '../../../src/engine/tfjs/tf.ts';
import type { LayerOperation } from '../../work/operations.ts';
import type { LayerEntry, Work } from '../../work/work.ts';
import type { Runner } from '../contestant.ts';

/** One operation of a layer, as tfjs computes it in a step. Operands are random. */
export function operationOf(
  { manifest }: Work,
  { layer, which }: LayerOperation,
): Runner | undefined {
  const entry = manifest.layers[layer];
  const made = entry && operandsOf(entry, manifest.recipe.batchSize, which);
  if (!made) return undefined;
  const tensors = made.shapes.map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
  return {
    async run(times) {
      let last: tf.Tensor | undefined;
      for (let i = 0; i < times; i++) {
        last?.dispose();
        last = tf.tidy(() => made.compute(...tensors));
      }
      if (!last) return undefined;
      const output = last;
      // One element read back waits for all that came before it.
      const element = tf.tidy(() => tf.slice(tf.reshape(output, [-1]), 0, 1));
      await element.data();
      tf.dispose([output, element]);
      return undefined;
    },
    dispose: () => tf.dispose(tensors),
  };
}

interface Made {
  readonly shapes: number[][];
  compute(...tensors: tf.Tensor[]): tf.Tensor;
}

function operandsOf(
  layer: LayerEntry,
  batch: number,
  which: LayerOperation['which'],
): Made | undefined {
  const inputs = [batch, ...layer.inputShape];
  const outputs = [batch, ...layer.outputShape];
  switch (layer.kind) {
    case 'conv2d': {
      const { kernelSize, filters, stride: strides, padding: pad } = layer;
      const kernel = [kernelSize, kernelSize, layer.inputShape[2] ?? 1, filters];
      const attrs = { dataFormat: 'NHWC', dimRoundingMode: undefined, strides, pad };
      if (which === 'forward') {
        return {
          shapes: [inputs, kernel],
          compute: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad),
        };
      }
      return which === 'input gradient'
        ? {
            shapes: [outputs, kernel],
            compute: (dy, filter) =>
              runKernel('Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: inputs }),
          }
        : {
            shapes: [inputs, outputs],
            compute: (x, dy) =>
              runKernel('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: kernel }),
          };
    }
    case 'dense': {
      const kernel = [layer.inputShape[0] ?? 1, layer.units];
      if (which === 'forward') {
        return { shapes: [inputs, kernel], compute: (x, w) => tf.matMul(x, w) };
      }
      return which === 'input gradient'
        ? {
            shapes: [outputs, kernel],
            compute: (dy, w) => tf.matMul(dy, w, false, true),
          }
        : { shapes: [inputs, outputs], compute: (x, dy) => tf.matMul(x, dy, true, false) };
    }
    case 'lrn': {
      const { depthRadius, bias, alpha, beta } = layer;
      return which === 'forward'
        ? {
            shapes: [inputs],
            compute: (x) =>
              tf.localResponseNormalization(x as tf.Tensor4D, depthRadius, bias, alpha, beta),
          }
        : {
            shapes: [inputs, inputs, inputs],
            compute: (x, y, dy) =>
              runKernel('LRNGrad', { x, y, dy }, { depthRadius, bias, alpha, beta }),
          };
    }
    case 'maxPool': {
      const attrs = { filterSize: layer.poolSize, strides: layer.stride, pad: layer.padding };
      return which === 'forward'
        ? { shapes: [inputs], compute: (x) => runKernel('MaxPool', { x }, attrs) }
        : {
            shapes: [inputs, outputs, outputs],
            compute: (input, output, dy) => runKernel('MaxPoolGrad', { dy, input, output }, attrs),
          };
    }
    default:
      return undefined;
  }
}

function runKernel(name: string, inputs: Record<string, tf.Tensor | undefined>, attrs: object) {
  return tf
    .engine()
    .runKernel(
      name,
      inputs as unknown as tf.NamedTensorMap,
      attrs as unknown as tf.NamedAttrMap,
    ) as tf.Tensor;
}
