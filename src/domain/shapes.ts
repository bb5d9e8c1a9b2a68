import type { Architecture, ImageShape, Layer, Padding } from './architecture.ts';

/** What one layer makes of its input, and what that costs. Counts are per image. */
export interface LayerReport {
  readonly layer: Layer;
  readonly inputShape: readonly number[];
  /** `[height, width, channels]`, or `[units]` behind the flattening. */
  readonly outputShape: readonly number[];
  readonly weights: readonly WeightSpec[];
  readonly parameters: number;
  /** Multiply-adds of the forward pass (the products of convolutions and dense layers). */
  readonly multiplyAdds: number;
  /** Size of the layer's output as 32-bit floats. */
  readonly activationBytes: number;
}

/** A trainable tensor: its name as `layer/kernel` or `layer/bias`, and its shape (HWIO, or in x out). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface NetworkReport {
  readonly layers: readonly LayerReport[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly activationBytes: number;
}

const FLOAT_BYTES = 4;

export function describeNetwork(architecture: Architecture): NetworkReport {
  const { height, width, channels } = architecture.input;
  let shape: readonly number[] = [height, width, channels];
  const layers = architecture.layers.map((layer) => {
    const report = describeLayer(layer, shape);
    shape = report.outputShape;
    return report;
  });
  const sum = (of: (report: LayerReport) => number) =>
    layers.reduce((total, report) => total + of(report), 0);
  return {
    layers,
    parameters: sum((report) => report.parameters),
    multiplyAdds: sum((report) => report.multiplyAdds),
    activationBytes: sum((report) => report.activationBytes),
  };
}

/** Every trainable tensor of the network in order. */
export function weightSpecs(architecture: Architecture): WeightSpec[] {
  return describeNetwork(architecture).layers.flatMap((report) => report.weights);
}

export interface MemoryEstimate {
  readonly weightsBytes: number;
  /** Gradients, and Adam's two moments. */
  readonly gradientsBytes: number;
  readonly optimizerBytes: number;
  /** Every activation of a batch, kept for the backward pass. */
  readonly activationsBytes: number;
  readonly totalBytes: number;
}

export function estimateTrainingMemory(report: NetworkReport, batchSize: number): MemoryEstimate {
  const weightsBytes = report.parameters * FLOAT_BYTES;
  const gradientsBytes = weightsBytes;
  const optimizerBytes = 2 * weightsBytes;
  const activationsBytes = report.activationBytes * batchSize;
  return {
    weightsBytes,
    gradientsBytes,
    optimizerBytes,
    activationsBytes,
    totalBytes: weightsBytes + gradientsBytes + optimizerBytes + activationsBytes,
  };
}

/** Output side of a convolution or pooling window along one dimension. */
export function windowedSize(
  size: number,
  window: number,
  stride: number,
  padding: Padding,
): number {
  if (padding === 'same') return Math.ceil(size / stride);
  const padded = padding === 'valid' ? size : size + 2 * padding;
  return Math.floor((padded - window) / stride) + 1;
}

/** The number of scalars in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function describeLayer(layer: Layer, inputShape: readonly number[]): LayerReport {
  const weights = layerWeights(layer, inputShape);
  const outputShape = layerOutput(layer, inputShape);
  return {
    layer,
    inputShape,
    outputShape,
    weights,
    parameters: weights.reduce((total, { shape }) => total + sizeOf(shape), 0),
    multiplyAdds: layerMultiplyAdds(layer, weights, outputShape),
    activationBytes: sizeOf(outputShape) * FLOAT_BYTES,
  };
}

function asImage(shape: readonly number[]): ImageShape {
  const [height = 1, width = 1, channels = 1] = shape;
  return { height, width, channels };
}

function layerOutput(layer: Layer, inputShape: readonly number[]): readonly number[] {
  switch (layer.kind) {
    case 'conv2d': {
      const { height, width } = asImage(inputShape);
      const side = (size: number) =>
        windowedSize(size, layer.kernelSize, layer.stride, layer.padding);
      return [side(height), side(width), layer.filters];
    }
    case 'maxPool':
    case 'avgPool': {
      const { height, width, channels } = asImage(inputShape);
      const side = (size: number) =>
        windowedSize(size, layer.poolSize, layer.stride, layer.padding);
      return [side(height), side(width), channels];
    }
    case 'lrn':
    case 'dropout':
      return inputShape;
    case 'flatten':
      return [sizeOf(inputShape)];
    case 'dense':
      return [layer.units];
  }
}

function layerWeights(layer: Layer, inputShape: readonly number[]): WeightSpec[] {
  const named = (kernel: readonly number[], outputs: number): WeightSpec[] => [
    { name: `${layer.name}/kernel`, shape: kernel },
    { name: `${layer.name}/bias`, shape: [outputs] },
  ];
  switch (layer.kind) {
    case 'conv2d': {
      const { channels } = asImage(inputShape);
      const { kernelSize, groups, filters } = layer;
      return named([kernelSize, kernelSize, channels / groups, filters], filters);
    }
    case 'dense':
      return named([sizeOf(inputShape), layer.units], layer.units);
    default:
      return [];
  }
}

function layerMultiplyAdds(
  layer: Layer,
  weights: readonly WeightSpec[],
  outputShape: readonly number[],
): number {
  const [kernel] = weights;
  if (!kernel) return 0;
  const products = sizeOf(kernel.shape);
  if (layer.kind !== 'conv2d') return products;
  const { height, width } = asImage(outputShape);
  return products * height * width;
}
