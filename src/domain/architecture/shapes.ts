import type { Architecture, Layer } from './architecture.ts';
import { kindOf } from './layer.ts';
import type { Placed } from './layerKind.ts';
import { multiplyAddsOf } from './operation.ts';
import { sizeOf } from './shape.ts';
import { isTrainable, numbersIn, type WeightSpec } from './weight.ts';

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

export interface NetworkReport {
  readonly layers: readonly LayerReport[];
  readonly parameters: number;
  readonly statistics: number;
  readonly multiplyAdds: number;
  readonly activationBytes: number;
}

export { isTrainable, sizeOf, type WeightSpec };

const FLOAT_BYTES = 4;

export function describeNetwork(architecture: Architecture): NetworkReport {
  const { height, width, channels } = architecture.input;
  let shape: readonly number[] = [height, width, channels];
  const layers = architecture.layers.map((layer, index) => {
    const report = describeLayer(layer, index, shape);
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

/** Those of these names, in their own order; all where none are named. */
export function named<T extends { readonly name: string }>(
  all: readonly T[],
  only: readonly string[] | undefined,
): T[] {
  return all.filter(({ name }) => !only || only.includes(name));
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

function describeLayer(layer: Layer, index: number, inputShape: readonly number[]): LayerReport {
  const { weights, outputShape, ...place } = placedLayer(layer, index, 1, inputShape, false);
  const operations = kindOf(layer).forward({ ...place, weights, outputShape });
  return {
    layer,
    inputShape,
    outputShape,
    weights,
    parameters: numbersIn(weights.filter(isTrainable)),
    statistics: numbersIn(weights.filter((weight) => !isTrainable(weight))),
    multiplyAdds: operations.reduce((sum, operation) => sum + multiplyAddsOf(operation), 0),
    activationBytes: sizeOf(outputShape) * FLOAT_BYTES,
  };
}

/** A layer behind what makes `x`, with so many images going through. */
export function placedLayer(
  layer: Layer,
  index: number,
  batch: number,
  inputShape: readonly number[],
  training: boolean,
  x = 'images',
): Placed<Layer> {
  const kind = kindOf(layer);
  const outputShape = kind.outputShape(layer, inputShape);
  return {
    ...{ layer, index, batch, inputShape, outputShape, training },
    weights: kind.weights?.(layer, inputShape) ?? [],
    x: { name: x, shape: [batch, ...inputShape] },
    y: { name: layer.name, shape: [batch, ...outputShape] },
  };
}
