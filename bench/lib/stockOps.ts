import type { Architecture } from '../../src/domain/architecture.ts';
import { describeNetwork, type LayerReport, sizeOf } from '../../src/domain/shapes.ts';
import { tf } from '../../src/engine/tf.ts';

/** An operation of one layer, as tfjs computes it. */
export interface StockOp {
  readonly layer: string;
  readonly op: string;
  compute(): tf.Tensor;
  dispose(): void;
}

/** The products, normalisations and poolings of a training step, forward and backward. */
export function* stockOps(architecture: Architecture, batch: number): Generator<StockOp> {
  for (const [index, report] of describeNetwork(architecture).layers.entries()) {
    yield* opsOf(report, batch, index === 0);
  }
}

function* opsOf(report: LayerReport, batch: number, first: boolean): Generator<StockOp> {
  const { layer, inputShape, outputShape, weights } = report;
  const inputs = [batch, ...inputShape];
  const outputs = [batch, ...outputShape];
  const kernelShape = weights[0]?.shape ?? [];
  const on = (op: string, shapes: number[][], compute: (...t: tf.Tensor[]) => tf.Tensor) =>
    stockOp(layer.name, op, shapes, compute);
  switch (layer.kind) {
    case 'conv2d': {
      const { stride, padding } = layer;
      const hwio = kernelShape as [number, number, number, number];
      yield on('conv2d', [inputs, hwio], (x, w) =>
        tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding),
      );
      if (!first) {
        yield on('conv2dInputGradient', [outputs, hwio], (dy, w) =>
          runKernel(
            'Conv2DBackpropInput',
            { dy, filter: w },
            { ...convAttrs, strides: stride, pad: padding, inputShape: inputs },
          ),
        );
      }
      yield on('conv2dFilterGradient', [inputs, outputs], (x, dy) =>
        runKernel(
          'Conv2DBackpropFilter',
          { x, dy },
          { ...convAttrs, strides: stride, pad: padding, filterShape: hwio },
        ),
      );
      return;
    }
    case 'dense': {
      const flat = [batch, sizeOf(inputShape)];
      yield on('matMul', [flat, [...kernelShape]], (x, w) => tf.matMul(x, w));
      yield on('matMul, input gradient', [outputs, [...kernelShape]], (dy, w) =>
        tf.matMul(dy, w, false, true),
      );
      yield on('matMul, weight gradient', [flat, outputs], (x, dy) =>
        tf.matMul(x, dy, true, false),
      );
      return;
    }
    case 'lrn': {
      const { depthRadius, bias, alpha, beta } = layer;
      yield on('lrn', [inputs], (x) =>
        tf.localResponseNormalization(x as tf.Tensor4D, depthRadius, bias, alpha, beta),
      );
      yield on('lrnGradient', [inputs, inputs, inputs], (x, y, dy) =>
        runKernel('LRNGrad', { x, y, dy }, { depthRadius, bias, alpha, beta }),
      );
      return;
    }
    case 'maxPool': {
      const attrs = { filterSize: layer.poolSize, strides: layer.stride, pad: layer.padding };
      yield on('maxPool', [inputs], (x) => runKernel('MaxPool', { x }, attrs));
      yield on('maxPoolGradient', [inputs, outputs, outputs], (input, output, dy) =>
        runKernel('MaxPoolGrad', { dy, input, output }, attrs),
      );
      return;
    }
    default:
      return;
  }
}

const convAttrs = { dataFormat: 'NHWC', dimRoundingMode: undefined };

function runKernel(name: string, inputs: Record<string, tf.Tensor | undefined>, attrs: object) {
  return tf
    .engine()
    .runKernel(
      name,
      inputs as unknown as tf.NamedTensorMap,
      attrs as unknown as tf.NamedAttrMap,
    ) as tf.Tensor;
}

function stockOp(
  layer: string,
  op: string,
  shapes: readonly (readonly number[])[],
  compute: (...tensors: tf.Tensor[]) => tf.Tensor,
): StockOp {
  const tensors = shapes.map((shape, i) => tf.randomNormal([...shape], 0, 1, 'float32', i + 1));
  return {
    layer,
    op,
    compute: () => tf.tidy(() => compute(...tensors)),
    dispose: () => tf.dispose(tensors),
  };
}
