import type { Activation, Layer } from '../../domain/architecture/architecture.ts';
import type { LayerReport } from '../../domain/architecture/shapes.ts';
import { windowGeometry } from '../../domain/architecture/window.ts';
import type { NodeProto } from './onnxSchema.ts';
import { type AttributeValue, float, node } from './protos.ts';

/** What a layer is in ONNX: nodes from the value `x`, channels first, to one with the layer's name. */
export function layerNodes({ layer, inputShape, outputShape }: LayerReport, x: string) {
  const { name } = layer;
  const one = (opType: string, attributes: Record<string, AttributeValue> = {}, more = [x]) => [
    node(opType, name, more, name, attributes),
  ];
  const weight = (part: string) => `${name}/${part}`;
  switch (layer.kind) {
    case 'conv2d': {
      const { kernelSize, groups } = layer;
      const window = windowAttributes(layer, kernelSize, inputShape, outputShape);
      const operands = [x, weight('kernel'), weight('bias')];
      return activated(layer, 'Conv', operands, { ...window, group: groups });
    }
    case 'dense':
      // Kernels lie out x in.
      return activated(layer, 'Gemm', [x, weight('kernel'), weight('bias')], { transB: 1 });
    case 'lrn': {
      const size = 2 * layer.depthRadius + 1;
      // ONNX divides alpha by the number of channels in the window, TensorFlow and this page do not.
      const { alpha, beta, bias } = layer;
      const numbers = { alpha: float(alpha * size), beta: float(beta), bias: float(bias) };
      return one('LRN', { size, ...numbers });
    }
    case 'batchNorm': {
      const weights = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(weight);
      return one('BatchNormalization', { epsilon: float(layer.epsilon) }, [x, ...weights]);
    }
    case 'maxPool':
    case 'avgPool': {
      const opType = layer.kind === 'maxPool' ? 'MaxPool' : 'AveragePool';
      return one(opType, windowAttributes(layer, layer.poolSize, inputShape, outputShape));
    }
    case 'globalAveragePool': {
      const mean = `${name} mean`;
      return [
        node('GlobalAveragePool', mean, [x], mean),
        node('Flatten', name, [mean], name, { axis: 1 }),
      ];
    }
    case 'flatten':
      return one('Flatten', { axis: 1 });
    case 'dropout':
      // Nothing drops in use.
      return one('Identity');
  }
}

type Windowed = Extract<Layer, { padding: unknown }>;

/** Padding is written out in pixels: what 'same' means is said here once, and by no other program. */
function windowAttributes(
  { stride, padding }: Windowed,
  side: number,
  inputShape: readonly number[],
  outputShape: readonly number[],
) {
  const window = { side, stride, padding };
  const g = windowGeometry(1, inputShape, outputShape, window);
  const after = (size: number, out: number, before: number) =>
    Math.max(0, (out - 1) * stride + side - size - before);
  const behind =
    typeof padding === 'number'
      ? [padding, padding]
      : [after(g.inHeight, g.outHeight, g.padTop), after(g.inWidth, g.outWidth, g.padLeft)];
  return {
    kernel_shape: [side, side],
    strides: [stride, stride],
    pads: [g.padTop, g.padLeft, ...behind],
  };
}

const operators: Record<Exclude<Activation, 'linear'>, string> = { relu: 'Relu', tanh: 'Tanh' };

function activated(
  { name, activation }: { readonly name: string; readonly activation: Activation },
  opType: string,
  operands: readonly string[],
  attributes: Record<string, AttributeValue>,
): NodeProto[] {
  if (activation === 'linear') return [node(opType, name, operands, name, attributes)];
  const sums = `${name} sums`;
  return [
    node(opType, sums, operands, sums, attributes),
    node(operators[activation], name, [sums], name),
  ];
}
