import type { Architecture } from '../../domain/architecture/architecture.ts';
import type { Layer } from '../../domain/architecture/layer.ts';
import { isTrainable, weightSpecs } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { GroupedConv2d } from '../../engine/tfjs/groupedConv2d.ts';
import {
  CounterDropout,
  type DropoutClock,
  LocalResponseNormalization,
} from '../../engine/tfjs/layers.ts';
import { tensorValues } from '../../engine/tfjs/tensorValues.ts';
import { tf, tfLayers } from '../../engine/tfjs/tf.ts';
import { freeTensors } from '../../engine/tfjs/webgpuInternals.ts';
import { assert, at } from '../../util/assert.ts';

/**
 * A tfjs model made from an architecture. It gives logits: the softmax belongs to the loss, and to
 * whoever wants probabilities.
 */
export class TfjsModel {
  private readonly model: tfLayers.Sequential;
  /** In the order of `weightSpecs`. */
  readonly variables: readonly tf.Variable[];

  constructor(
    readonly architecture: Architecture,
    /** What the dropout layers take their masks from; the trainer advances it. */
    readonly clock: DropoutClock,
  ) {
    const { height, width, channels } = architecture.input;
    this.model = tfLayers.sequential();
    this.model.add(tfLayers.layers.inputLayer({ inputShape: [height, width, channels] }));
    for (const [index, layer] of architecture.layers.entries()) {
      this.model.add(makeLayer(layer, index, clock));
    }
    this.variables = this.model.layers
      .flatMap(({ weights }) => weights)
      .map((weight) => {
        const variable = weight.read();
        assert(variable instanceof tf.Variable, `${weight.name} is no variable`);
        return variable;
      });
  }

  /** Those that gradients change, each with the name of its weight. */
  get trained(): readonly { readonly name: string; readonly variable: tf.Variable }[] {
    return weightSpecs(this.architecture).flatMap((spec, i) =>
      isTrainable(spec) ? [{ name: spec.name, variable: at(this.variables, i) }] : [],
    );
  }

  /** NHWC images, scaled as the run's scaling says, to logits `[batch, classes]`. */
  logits(images: tf.Tensor4D, training: boolean): tf.Tensor2D {
    return this.model.apply(images, { training }) as tf.Tensor2D;
  }

  /** From the output of the layer before `first` to that of the layer before `end`. */
  part(x: tf.Tensor, first: number, end: number): tf.Tensor {
    return this.architecture.layers
      .slice(first, end)
      .reduce((y, { name }) => this.model.getLayer(name).apply(y) as tf.Tensor, x);
  }

  /**
   * Copies of what the variables hold, which may be weights in training; as they are now, whatever step
   * is made while they are on their way.
   */
  exportVariables(): Promise<NamedTensor[]> {
    return readTensors(
      weightSpecs(this.architecture).map(({ name }, i) => [name, at(this.variables, i)] as const),
    );
  }

  /** Takes every weight from these tensors, by name. */
  importWeights(tensors: readonly NamedTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    for (const [i, { name }] of weightSpecs(this.architecture).entries()) {
      const tensor = byName.get(name);
      assert(tensor, `no weight ${name}`);
      assign(at(this.variables, i), tensor);
    }
  }

  dispose(): void {
    this.model.dispose();
    freeTensors();
  }
}

/** Reads named tensors from the device, all of them before the device goes on. */
export function readTensors(
  named: readonly (readonly [string, tf.Tensor])[],
): Promise<NamedTensor[]> {
  return Promise.all(
    named.map(async ([name, tensor]) => ({
      name,
      shape: tensor.shape,
      values: (await tensorValues(tensor)).slice(),
    })),
  );
}

export function assign(variable: tf.Variable, { values, shape }: NamedTensor): void {
  const value = tf.tensor(values, [...shape], 'float32');
  variable.assign(value);
  value.dispose();
}

function makeLayer(layer: Layer, index: number, clock: DropoutClock): tfLayers.layers.Layer {
  const { name } = layer;
  switch (layer.kind) {
    case 'conv2d':
      if (layer.groups > 1) return new GroupedConv2d(layer);
      return tfLayers.layers.conv2d({
        name,
        filters: layer.filters,
        kernelSize: layer.kernelSize,
        strides: layer.stride,
        padding: stockPadding(layer.padding),
        activation: layer.activation,
        // Values are set by `importWeights`; zeros cost nothing to make.
        kernelInitializer: 'zeros',
        biasInitializer: 'zeros',
      });
    case 'lrn':
      return new LocalResponseNormalization(layer);
    case 'batchNorm':
      // In training the layer itself moves its statistics.
      return tfLayers.layers.batchNormalization({
        name,
        momentum: layer.momentum,
        epsilon: layer.epsilon,
      });
    case 'maxPool':
    case 'avgPool': {
      const pool =
        layer.kind === 'maxPool' ? tfLayers.layers.maxPooling2d : tfLayers.layers.averagePooling2d;
      return pool({
        name,
        poolSize: layer.poolSize,
        strides: layer.stride,
        padding: stockPadding(layer.padding),
      });
    }
    case 'globalAveragePool':
      return tfLayers.layers.globalAveragePooling2d({ name });
    case 'flatten':
      return tfLayers.layers.flatten({ name });
    case 'dropout':
      return new CounterDropout({ name, rate: layer.rate, clock, layer: index });
    case 'dense':
      return tfLayers.layers.dense({
        name,
        units: layer.units,
        activation: layer.activation,
        kernelInitializer: 'zeros',
        biasInitializer: 'zeros',
      });
  }
}

function stockPadding(padding: 'same' | 'valid' | number): 'same' | 'valid' {
  assert(typeof padding === 'string', 'explicit padding is only inspected, not trained');
  return padding;
}
