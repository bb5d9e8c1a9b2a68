import { at } from '../../util/assert.ts';
import type { Activation } from './activation.ts';
import { finishSums, kernelAndBias, sumsGradient } from './affine.ts';
import { channelsOf, join, take } from './channelGroups.ts';
import { type LayerKind, type Placed, weightOf } from './layerKind.ts';
import { gradientOf, type Operation, type Value } from './operation.ts';
import { asImage } from './shape.ts';
import { type ConvGeometry, type Padding, windowedImage, windowGeometry } from './window.ts';

/**
 * A convolution as networks mean it, with a bias a filter and an activation:
 *
 *   y[n, i, j, o] = activation(bias[o] + sum over h, w, c of x[n, i s + h - p, j s + w - q, c] * kernel[h, w, c, o])
 *
 * With `groups`, the channels of x and the filters are cut into as many parts, and each part of the
 * filters sees its own part of the channels alone: 2 in the layers that AlexNet split over two GPUs.
 */
export interface Conv2dLayer {
  readonly kind: 'conv2d';
  readonly name: string;
  readonly filters: number;
  /** Side of the square kernel in pixels. */
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: Padding;
  /** Channel groups that do not see each other. */
  readonly groups: number;
  readonly activation: Activation;
}

type Place = Placed<Conv2dLayer>;

const windowOf = ({ kernelSize: side, stride, padding }: Conv2dLayer) => ({
  side,
  stride,
  padding,
});

export const conv2d: LayerKind<Conv2dLayer> = {
  outputShape: (layer, inputShape) => [
    ...windowedImage(asImage(inputShape), windowOf(layer)),
    layer.filters,
  ],

  weights({ name, kernelSize, groups, filters }, inputShape) {
    const { channels } = asImage(inputShape);
    return kernelAndBias(name, [kernelSize, kernelSize, channels / groups, filters], filters);
  },

  forward(place) {
    const { layer, x, y } = place;
    const [kernel, bias] = [weightOf(place, 'kernel'), weightOf(place, 'bias')];
    if (layer.groups === 1) return convolve(place, x, kernel, bias, y);
    const parts = groupsOf(place).map(({ name, channels, filters }) => ({
      channels: take(x, channels, `${x.name} for ${name}`),
      kernel: take(kernel, filters, `${kernel.name} ${name}`),
      bias: take(bias, filters, `${bias.name} ${name}`),
      y: channelsOf(y, filters, `${y.name} ${name}`),
    }));
    return [
      ...parts.flatMap((part) => [
        ...[part.channels.operation, part.kernel.operation, part.bias.operation],
        ...convolve(place, part.channels.value, part.kernel.value, part.bias.value, part.y),
      ]),
      join(
        parts.map((part) => part.y),
        y,
      ),
    ];
  },

  backward(place) {
    const { layer, x } = place;
    const { dsums, operations } = sumsGradient(place);
    const kernel = weightOf(place, 'kernel');
    if (layer.groups === 1) {
      return [
        ...operations,
        ...gradients(place, x, kernel, dsums, gradientOf(x), gradientOf(kernel)),
      ];
    }
    const parts = groupsOf(place).map(({ name, channels, filters }) => ({
      x: take(x, channels, `${x.name} for ${name} again`),
      kernel: take(kernel, filters, `${kernel.name} ${name} again`),
      dsums: take(dsums, filters, `${dsums.name} ${name}`),
      dx: channelsOf(gradientOf(x), channels, `d ${x.name} of ${name}`),
      dkernel: channelsOf(gradientOf(kernel), filters, `d ${kernel.name} ${name}`),
    }));
    return [
      ...operations,
      ...parts.flatMap((part) => [
        ...[part.x.operation, part.kernel.operation, part.dsums.operation],
        ...gradients(
          ...([place, part.x.value, part.kernel.value, part.dsums.value] as const),
          ...([part.dx, part.dkernel] as const),
        ),
      ]),
      join(
        parts.map((part) => part.dkernel),
        gradientOf(kernel),
      ),
      join(
        parts.map((part) => part.dx),
        gradientOf(x),
      ),
    ];
  },
};

/** Which channels of x, and which filters, belong together. */
function groupsOf({ layer: { name, groups, filters }, inputShape }: Place) {
  const { channels } = asImage(inputShape);
  const range = (group: number, all: number) => ({
    first: (group * all) / groups,
    count: all / groups,
  });
  return Array.from({ length: groups }, (_, group) => ({
    name: `${name} group ${group + 1}`,
    channels: range(group, channels),
    filters: range(group, filters),
  }));
}

function convolve(place: Place, x: Value, filters: Value, bias: Value, y: Value): Operation[] {
  const sums = { name: `${y.name} sums`, shape: y.shape };
  return [
    { kind: 'conv2d', of: geometryOf(place, x, y), reads: { x, filters }, writes: { y: sums } },
    ...finishSums(place, sums, bias, y),
  ];
}

/**
 *   dkernel[h, w, c, o] = sum over n, i, j of x[n, i s + h - p, j s + w - q, c] * dsums[n, i, j, o]
 *   dx[n, a, b, c] = sum over h, w, o of dsums[n, (a + p - h) / s, (b + q - w) / s, o] * kernel[h, w, c, o]
 */
function gradients(
  place: Place,
  x: Value,
  filters: Value,
  dy: Value,
  dx: Value,
  dfilters: Value,
): Operation[] {
  const of = geometryOf(place, x, dy);
  return [
    { kind: 'conv2dFilterGradient', of, reads: { x, dy }, writes: { dfilters } },
    { kind: 'conv2dInputGradient', of, reads: { dy, filters }, writes: { dx } },
  ];
}

function geometryOf(
  { layer, batch, inputShape, outputShape }: Place,
  x: Value,
  y: Value,
): ConvGeometry {
  return {
    ...windowGeometry(batch, inputShape, outputShape, windowOf(layer)),
    ...{ inChannels: at(x.shape, 3), outChannels: at(y.shape, 3) },
    ...{ filterHeight: layer.kernelSize, filterWidth: layer.kernelSize },
  };
}
