import type { Architecture, ImageShape, Layer, Padding } from './architecture.ts';

/** What one layer makes of its input, and what that costs. Counts are per image. */
export interface LayerReport {
  readonly layer: Layer;
  readonly inputShape: readonly number[];
  /** `[height, width, channels]`, or `[units]` behind the flattening. */
  readonly outputShape: readonly number[];
  readonly weights: readonly WeightSpec[];
  /** Trainable numbers. */
  readonly parameters: number;
  /** Numbers that are saved with the parameters, but follow the data and no gradient. */
  readonly statistics: number;
  /** Multiply-adds of the forward pass (the products of convolutions and dense layers). */
  readonly multiplyAdds: number;
  /** Size of the layer's output as 32-bit floats. */
  readonly activationBytes: number;
}

/** A tensor of the model: its name as `layer/kernel`, and its shape (a kernel's is HWIO, or in x out). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for moving statistics, which no gradient changes. */
  readonly trainable?: false;
  /** What every number of it begins as, where the recipe's initializer has no say. */
  readonly initialValue?: number;
}

export interface NetworkReport {
  readonly layers: readonly LayerReport[];
  readonly parameters: number;
  readonly statistics: number;
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
    statistics: sum((report) => report.statistics),
    multiplyAdds: sum((report) => report.multiplyAdds),
    activationBytes: sum((report) => report.activationBytes),
  };
}

/** Every tensor of the model in order, moving statistics too. */
export function weightSpecs(architecture: Architecture): WeightSpec[] {
  return describeNetwork(architecture).layers.flatMap((report) => report.weights);
}

export const isTrainable = ({ trainable }: WeightSpec): boolean => trainable !== false;

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
  const weightsBytes = (report.parameters + report.statistics) * FLOAT_BYTES;
  const gradientsBytes = report.parameters * FLOAT_BYTES;
  const optimizerBytes = 2 * gradientsBytes;
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
    parameters: numbersIn(weights.filter(isTrainable)),
    statistics: numbersIn(weights.filter((weight) => !isTrainable(weight))),
    multiplyAdds: layerMultiplyAdds(layer, weights, outputShape),
    activationBytes: sizeOf(outputShape) * FLOAT_BYTES,
  };
}

const numbersIn = (weights: readonly WeightSpec[]): number =>
  weights.reduce((total, { shape }) => total + sizeOf(shape), 0);

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
    case 'batchNorm':
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
    case 'batchNorm':
      return batchNormWeights(layer.name, asImage(inputShape).channels);
    default:
      return [];
  }
}

/** Named as Keras names them. */
function batchNormWeights(layer: string, channels: number): WeightSpec[] {
  const shape = [channels];
  return [
    { name: `${layer}/gamma`, shape, initialValue: 1 },
    { name: `${layer}/beta`, shape, initialValue: 0 },
    { name: `${layer}/moving_mean`, shape, initialValue: 0, trainable: false },
    { name: `${layer}/moving_variance`, shape, initialValue: 1, trainable: false },
  ];
}

function layerMultiplyAdds(
  layer: Layer,
  weights: readonly WeightSpec[],
  outputShape: readonly number[],
): number {
  const [kernel] = weights;
  if (!kernel || layer.kind === 'batchNorm') return 0;
  const products = sizeOf(kernel.shape);
  if (layer.kind !== 'conv2d') return products;
  const { height, width } = asImage(outputShape);
  return products * height * width;
}
