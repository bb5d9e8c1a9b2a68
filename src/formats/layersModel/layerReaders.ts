import type { Affine } from '../exchange/inputScaling.ts';
import { Misfit, type NetworkBuilder, type Values } from '../exchange/networkBuilder.ts';
import { permuted } from '../exchange/permute.ts';
import type { NamedWeights } from './namedWeights.ts';
import type { Settings } from './settings.ts';

/** What is being made of a model: its network so far, and what it does to its input before the first layer. */
export interface Reading {
  readonly builder: NetworkBuilder;
  readonly weights: NamedWeights;
  scaling: Affine;
  /** Set behind the softmax: nothing may follow it. */
  ended: boolean;
}

type Reader = (reading: Reading, settings: Settings, layer: string) => void;

/** What each kind of layer adds to the network. All others are refused by name. */
export const layerReaders: Readonly<Record<string, Reader>> = {
  Conv2D(reading, settings, layer) {
    const { builder, weights } = reading;
    settings.only('data_format', 'channels_last');
    settings.only('dilation_rate', 1, [1, 1]);
    const [filters, groups] = [settings.number('filters', 0), settings.number('groups', 1)];
    const side = settings.side('kernel_size', undefined);
    const stride = settings.side('strides', 1);
    const inputs = builder.image().channels / groups;
    const lying = weights.take(layer, 'kernel', [side, side, inputs, filters]);
    const bias = biasOf(reading, settings, layer, filters);
    // Ours lie as they do there; the builder takes them as most programs have them.
    const kernel = permuted({ ...lying, name: layer }, [3, 2, 0, 1]);
    builder.conv(kernel, bias, { stride, padding: settings.padding(), groups });
    activate(reading, settings);
  },

  Dense(reading, settings, layer) {
    const { builder, weights } = reading;
    const [inputs = 0, ...others] = builder.shape;
    if (others.length > 0) throw new Misfit('network.denseImage');
    const units = settings.number('units', 0);
    const kernel = weights.take(layer, 'kernel', [inputs, units]);
    builder.dense(kernel, biasOf(reading, settings, layer, units));
    activate(reading, settings);
  },

  Activation: (reading, settings) => activate(reading, settings),

  ReLU(reading, settings) {
    settings.only('max_value', null);
    for (const name of ['negative_slope', 'threshold']) settings.only(name, 0, [0]);
    reading.builder.activate('relu');
  },

  Softmax(reading, settings) {
    settings.only('axis', -1, 1);
    end(reading);
  },

  MaxPooling2D: ({ builder }, settings) => pool(builder, settings, 'maxPool'),
  AveragePooling2D: ({ builder }, settings) => pool(builder, settings, 'avgPool'),

  GlobalAveragePooling2D({ builder }, settings) {
    settings.only('data_format', 'channels_last');
    settings.only('keepdims', false);
    builder.globalAveragePool();
  },

  Flatten({ builder }, settings) {
    settings.only('data_format', 'channels_last');
    builder.flatten('hwc');
  },

  /** Into a row, or of what has that shape already. */
  Reshape({ builder }, settings) {
    const target = settings.counts('target_shape');
    const size = builder.shape.reduce((product, extent) => product * extent, 1);
    if (target.length === 1 && (target[0] === -1 || target[0] === size)) builder.flatten('hwc');
    else if (String(target) !== String(builder.shape)) {
      throw new Misfit('network.reshape', { shape: target.join('x') });
    }
  },

  Dropout: ({ builder }, settings) => builder.dropout(settings.number('rate', 0)),

  BatchNormalization({ builder, weights }, settings, layer) {
    const last = builder.shape.length;
    settings.only('axis', -1, [-1], last, [last]);
    const channels = builder.shape.at(-1) ?? 0;
    const of = (part: string) => weights.take(layer, part, [channels]);
    const all = (value: number): Values => ({
      ...{ shape: [channels], values: new Float32Array(channels).fill(value) },
    });
    builder.batchNorm(settings.number('epsilon', 1e-3), {
      gamma: settings.flag('scale', true) ? of('gamma') : all(1),
      beta: settings.flag('center', true) ? of('beta') : all(0),
      moving_mean: of('moving_mean'),
      moving_variance: of('moving_variance'),
    });
  },

  LocalResponseNormalization({ builder }, settings) {
    const [radius, bias] = [settings.number('depth_radius', 5), settings.number('bias', 1)];
    builder.lrn(radius, bias, settings.number('alpha', 1), settings.number('beta', 0.5));
  },

  Rescaling(reading, settings) {
    if (reading.builder.layers.length > 0) throw new Misfit('layers.scaling');
    const { factor, shift } = reading.scaling;
    const [by, more] = [settings.number('scale', 1), settings.number('offset', 0)];
    reading.scaling = { factor: factor * by, shift: shift * by + more };
  },
};

function biasOf(
  { weights }: Reading,
  settings: Settings,
  layer: string,
  units: number,
): Values | undefined {
  return settings.flag('use_bias', true) ? weights.take(layer, 'bias', [units]) : undefined;
}

const activations: Readonly<Record<string, (reading: Reading) => void>> = {
  linear: () => {},
  relu: ({ builder }) => builder.activate('relu'),
  tanh: ({ builder }) => builder.activate('tanh'),
  softmax: end,
};

function activate(reading: Reading, settings: Settings): void {
  const name = settings.text('activation', 'linear');
  const add = Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!add) throw settings.unexpected('activation', Object.keys(activations).join(', '));
  add(reading);
}

function end(reading: Reading): void {
  if (reading.builder.shape.length !== 1) throw new Misfit('network.noRow');
  reading.ended = true;
}

function pool(builder: NetworkBuilder, settings: Settings, kind: 'maxPool' | 'avgPool'): void {
  settings.only('data_format', 'channels_last');
  const side = settings.side('pool_size', 2);
  builder.pool(kind, side, settings.side('strides', side), settings.padding());
}
