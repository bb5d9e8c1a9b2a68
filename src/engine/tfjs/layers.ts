import { assert } from '../../util/assert.ts';
import { dropoutMask } from './dropoutMask.ts';
import { tf, tfLayers } from './tf.ts';

/** The two layers of AlexNet that tfjs-layers lacks, or has in a form that cannot be resumed. */

export interface LocalResponseNormalizationArgs {
  readonly name?: string;
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** `y[c] = x[c] / (bias + alpha * sum(x[c-r .. c+r]^2))^beta` across channels. */
export class LocalResponseNormalization extends tfLayers.layers.Layer {
  static readonly className = 'LocalResponseNormalization';

  private readonly args: Omit<LocalResponseNormalizationArgs, 'name'>;

  constructor({ name, depthRadius, bias, alpha, beta }: LocalResponseNormalizationArgs) {
    super(name === undefined ? {} : { name });
    this.args = { depthRadius, bias, alpha, beta };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { depthRadius, bias, alpha, beta } = this.args;
    const x = onlyTensor(inputs) as tf.Tensor4D;
    return tf.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }

  override computeOutputShape(inputShape: tfLayers.Shape | tfLayers.Shape[]) {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.args };
  }
}

tf.serialization.registerClass(LocalResponseNormalization);

/** Which masks are drawn: the trainer sets it before every step, all dropout layers read it. */
export interface DropoutClock {
  seed: number;
  step: number;
}

export interface CounterDropoutArgs {
  readonly name?: string;
  readonly rate: number;
  readonly clock: DropoutClock;
  /** Tells this layer's masks from those of the others. */
  readonly layer: number;
}

/**
 * Dropout whose mask is a function of the run's seed, the step, and the layer.
 *
 * A saved model names it `Dropout`, so that the stock library reads the model; there it has no clock
 * and draws as it likes, which matters to nobody who does not train on.
 */
export class CounterDropout extends tfLayers.layers.Layer {
  static readonly className = 'Dropout';

  private readonly rate: number;
  private readonly clock: DropoutClock;
  private readonly layer: number;

  constructor({ name, rate, clock, layer }: CounterDropoutArgs) {
    super(name === undefined ? {} : { name });
    this.rate = rate;
    this.clock = clock;
    this.layer = layer;
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const x = onlyTensor(inputs);
    if (!kwargs.training || this.rate === 0) return tf.clone(x);
    const { seed, step } = this.clock;
    return tf.tidy(() => tf.mul(x, dropoutMask(x.shape, this.rate, seed, step, this.layer)));
  }

  override computeOutputShape(inputShape: tfLayers.Shape | tfLayers.Shape[]) {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, noiseShape: null, seed: null };
  }
}

function onlyTensor(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (!Array.isArray(inputs)) return inputs;
  const [tensor] = inputs;
  assert(tensor && inputs.length === 1, 'the layer has one input');
  return tensor;
}
