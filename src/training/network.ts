import type { Architecture, Layer } from '../domain/architecture.ts';
import type { NamedTensor } from '../domain/run.ts';
import { isTrainable, weightSpecs } from '../domain/shapes.ts';
import { freeUnused, webgpuDevice } from '../engine/device.ts';
import { GroupedConv2d } from '../engine/groupedConv2d.ts';
import { CounterDropout, type DropoutClock, LocalResponseNormalization } from '../engine/layers.ts';
import { tensorValues } from '../engine/tensorValues.ts';
import { tf, tfLayers } from '../engine/tf.ts';
import { bufferOf, flush, webgpuBackend } from '../engine/webgpu/tfjsBackend.ts';
import { assert, at } from '../util/assert.ts';
import { downloadAll } from './compiled/transfer.ts';

/** Keeps the weights with which a network is used where tfjs does not see them: either of two ways. */
export interface WeightHolder {
  /** Gives the network's variables these weights. */
  bringWeights?(): void;
  /** Copies of them, named as the architecture names them. */
  exportWeights?(): Promise<NamedTensor[]>;
  /** Logits `[count, classes]` of images, NHWC and scaled, in inference mode. */
  infer?(images: Float32Array, count: number): Promise<Float32Array>;
}

/**
 * A tfjs model made from an architecture. It gives logits: the softmax belongs to the loss, and to
 * whoever wants probabilities.
 */
export class Network {
  private readonly model: tfLayers.Sequential;
  /** In the order of `weightSpecs`. */
  readonly variables: readonly tf.Variable[];
  /** Set by a trainer that keeps the weights outside of the variables. */
  holder: WeightHolder | undefined;

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
    if (!training) this.holder?.bringWeights?.();
    return this.model.apply(images, { training }) as tf.Tensor2D;
  }

  /** Copies of the weights in use, named as the architecture names them. */
  async exportWeights(): Promise<NamedTensor[]> {
    if (this.holder?.exportWeights) return this.holder.exportWeights();
    this.holder?.bringWeights?.();
    return this.exportVariables();
  }

  /**
   * Copies of what the variables hold, which may be weights in training; as they are now, whatever step
   * is made while they are on their way.
   */
  exportVariables(): Promise<NamedTensor[]> {
    const named = weightSpecs(this.architecture).map(
      ({ name }, i) => [name, at(this.variables, i)] as const,
    );
    // On webgpu kernels of ours write them, of which the copies that tfjs keeps know nothing.
    return tf.getBackend() === 'webgpu' ? downloadTensors(named) : readTensors(named);
  }

  /** Takes every weight from these tensors, by name; shapes were checked by whoever read them. */
  importWeights(tensors: readonly NamedTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    for (const [i, { name, shape }] of weightSpecs(this.architecture).entries()) {
      const tensor = byName.get(name);
      assert(tensor, `no weight ${name}`);
      assert(String(tensor.shape) === String(shape), `${name} has shape ${tensor.shape}`);
      assign(at(this.variables, i), tensor);
    }
  }

  dispose(): void {
    this.model.dispose();
    freeUnused();
  }
}

/** Reads the buffers of named tensors, all of them before the device goes on. */
function downloadTensors(named: readonly (readonly [string, tf.Tensor])[]): Promise<NamedTensor[]> {
  const backend = webgpuBackend();
  const buffers = named.map(([name, tensor]) => {
    return { name, shape: tensor.shape, buffer: bufferOf(backend, tensor) };
  });
  flush(backend);
  return downloadAll(webgpuDevice(), buffers);
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
