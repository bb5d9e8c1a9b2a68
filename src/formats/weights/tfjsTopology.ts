import type { Architecture, Layer, Padding } from '../../domain/architecture/architecture.ts';
import { assert } from '../../util/assert.ts';

/**
 * An architecture as `tf.loadLayersModel` and Keras 2 read it: a Sequential model, every layer with
 * the settings that the library itself writes.
 *
 * All layers are stock ones but `LocalResponseNormalization`, which whoever loads the model has to
 * register: `tf.nn.localResponseNormalization` with the settings of its config. The last layer gives
 * logits.
 */
export function tfjsTopology({ id, input, layers }: Architecture): object {
  const { height, width, channels } = input;
  const inputLayer = {
    class_name: 'InputLayer',
    config: {
      batch_input_shape: [null, height, width, channels],
      ...{ dtype: 'float32', sparse: false, name: 'input' },
    },
  };
  return {
    class_name: 'Sequential',
    config: { name: id, layers: [inputLayer, ...layers.map(tfjsLayer)] },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

const ZEROS = { class_name: 'Zeros', config: {} };
const ONES = { class_name: 'Ones', config: {} };

/** What every layer with weights says of them. Their values come from the file. */
const weighted = {
  use_bias: true,
  ...{ kernel_initializer: ZEROS, bias_initializer: ZEROS },
  ...{ kernel_regularizer: null, bias_regularizer: null, activity_regularizer: null },
  ...{ kernel_constraint: null, bias_constraint: null },
};

/** What every normalisation by batch says of its weights. */
const normalised = {
  ...{ axis: -1, center: true, scale: true },
  ...{ gamma_initializer: ONES, beta_initializer: ZEROS },
  ...{ moving_mean_initializer: ZEROS, moving_variance_initializer: ONES },
  ...{ gamma_regularizer: null, beta_regularizer: null },
  ...{ gamma_constraint: null, beta_constraint: null },
};

const square = (side: number) => [side, side];

function tfjsLayer(layer: Layer): object {
  const named = { name: layer.name, trainable: true };
  switch (layer.kind) {
    case 'conv2d':
      return {
        class_name: 'Conv2D',
        config: {
          filters: layer.filters,
          kernel_size: square(layer.kernelSize),
          strides: square(layer.stride),
          padding: stockPadding(layer.padding),
          data_format: 'channels_last',
          dilation_rate: square(1),
          // Keras knows them; tfjs's own layer does not.
          ...(layer.groups > 1 && { groups: layer.groups }),
          activation: layer.activation,
          ...weighted,
          ...named,
        },
      };
    case 'lrn':
      return {
        class_name: 'LocalResponseNormalization',
        config: {
          depth_radius: layer.depthRadius,
          ...{ bias: layer.bias, alpha: layer.alpha, beta: layer.beta },
          ...named,
        },
      };
    case 'batchNorm':
      return {
        class_name: 'BatchNormalization',
        config: { momentum: layer.momentum, epsilon: layer.epsilon, ...normalised, ...named },
      };
    case 'maxPool':
    case 'avgPool':
      return {
        class_name: layer.kind === 'maxPool' ? 'MaxPooling2D' : 'AveragePooling2D',
        config: {
          pool_size: square(layer.poolSize),
          strides: square(layer.stride),
          padding: stockPadding(layer.padding),
          data_format: 'channels_last',
          ...named,
        },
      };
    case 'globalAveragePool':
      return {
        class_name: 'GlobalAveragePooling2D',
        config: { data_format: 'channels_last', ...named },
      };
    case 'flatten':
      return { class_name: 'Flatten', config: named };
    case 'dropout':
      return {
        class_name: 'Dropout',
        config: { rate: layer.rate, noise_shape: null, seed: null, ...named },
      };
    case 'dense':
      return {
        class_name: 'Dense',
        config: { units: layer.units, activation: layer.activation, ...weighted, ...named },
      };
  }
}

function stockPadding(padding: Padding): 'same' | 'valid' {
  assert(typeof padding === 'string', 'explicit padding is only inspected, not trained');
  return padding;
}
