import type { Conv2dLayer } from '../../domain/architecture/conv2d.ts';
import { windowedSize } from '../../domain/architecture/window.ts';
import { assert } from '../../util/assert.ts';
import { tf, tfLayers } from './tf.ts';

/**
 * A convolution whose channels and filters are cut into groups that do not see each other, which
 * tfjs-layers lacks: each group is a convolution of its own, and the results lie side by side.
 */
export class GroupedConv2d extends tfLayers.layers.Layer {
  static readonly className = 'GroupedConv2D';

  private readonly weightsOfLayer: {
    kernel?: tfLayers.LayerVariable;
    bias?: tfLayers.LayerVariable;
  } = {};

  constructor(private readonly layer: Conv2dLayer) {
    super({ name: layer.name });
  }

  override build([, , , channels]: tfLayers.Shape): void {
    const { filters, kernelSize, groups } = this.layer;
    const zeros = tfLayers.initializers.zeros();
    const shape = [kernelSize, kernelSize, Number(channels) / groups, filters];
    this.weightsOfLayer.kernel = this.addWeight('kernel', shape, 'float32', zeros);
    this.weightsOfLayer.bias = this.addWeight('bias', [filters], 'float32', zeros);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D | undefined;
    const { kernel, bias } = this.weightsOfLayer;
    const { stride, padding, groups, activation } = this.layer;
    assert(x && kernel && bias, 'the layer is built, and has one input');
    return tf.tidy(() => {
      const images = tf.split(x, groups, 3) as tf.Tensor4D[];
      const filters = tf.split(kernel.read(), groups, 3) as tf.Tensor4D[];
      const parts = images.map((part, i) => {
        const filter = filters[i];
        assert(filter, 'a filter for each group');
        return typeof padding === 'number'
          ? tf.conv2d(part, filter, stride, padding, 'NHWC', 1, 'floor')
          : tf.conv2d(part, filter, stride, padding);
      });
      const sums = tf.add(tf.concat(parts, 3), bias.read());
      if (activation === 'relu') return tf.relu(sums);
      return activation === 'tanh' ? tf.tanh(sums) : sums;
    });
  }

  override computeOutputShape(inputShape: tfLayers.Shape | tfLayers.Shape[]): tfLayers.Shape {
    const [batch, height, width] = inputShape as tfLayers.Shape;
    const { kernelSize, stride, padding, filters } = this.layer;
    const along = (size: number | null | undefined) =>
      windowedSize(Number(size), kernelSize, stride, padding);
    return [batch ?? null, along(height), along(width), filters];
  }
}
