import type { Activation } from './activation.ts';
import type { BatchNormLayer } from './batchNorm.ts';
import type { Conv2dLayer } from './conv2d.ts';
import type { DenseLayer } from './dense.ts';
import type { Layer } from './layer.ts';
import type { LrnLayer } from './lrn.ts';
import type { PoolLayer } from './pooling.ts';
import type { ImageShape } from './shape.ts';
import type { Padding } from './window.ts';

/**
 * A network as plain data: what it is made of, in order, from the image to the logits.
 *
 * Everything that needs to know the network (the panel that explains it, the builder that makes
 * it, the file formats that carry it) reads this list. Layouts are NHWC for images and HWIO for
 * convolution kernels.
 */

export type { Activation, ImageShape, Layer, LrnLayer, Padding };

export interface Architecture {
  readonly id: ArchitectureId;
  readonly input: ImageShape;
  readonly classes: number;
  readonly layers: readonly Layer[];
}

/** The networks that can be trained here. */
export const trainableArchitectures = ['alexnet', 'alexnet-towers', 'allconv', 'lenet5'] as const;
export type TrainableArchitecture = (typeof trainableArchitectures)[number];
/** The original is there to be inspected beside them; `imported` is a network of another program, layer by layer. */
export type ArchitectureId = TrainableArchitecture | 'alexnet-original' | 'imported';

/** What decides a network: its family and the few numbers that scale it. */
export interface ArchitectureChoice {
  readonly id: ArchitectureId;
  /** Multiplies every channel and hidden unit; LeNet-5 and the original ignore it. */
  readonly width: number;
  readonly input: ImageShape;
  readonly classes: number;
  /** Dropout rate of AlexNet's two hidden dense layers, and behind the strides of `allconv`. */
  readonly dropout: number;
  /** What follows AlexNet's first two convolutions; without it, the tutorial's LRN. */
  readonly normalization?: Normalization;
  /** Of an imported network, which no numbers decide. */
  readonly layers?: readonly Layer[];
}

/** Local response normalisation, as the tutorial and the paper have it; batch normalisation; or none. */
export const normalizations = ['lrn', 'batch', 'none'] as const;
export type Normalization = (typeof normalizations)[number];

/** Networks of one size only; the others are scaled by a width. */
export const hasWidth = (id: ArchitectureId): boolean =>
  id !== 'lenet5' && id !== 'alexnet-original' && id !== 'imported';

export const hasNormalization = (id: ArchitectureId): boolean =>
  id === 'alexnet' || id === 'alexnet-towers';

export const hasDropout = (id: ArchitectureId): boolean => id !== 'lenet5';

/** The widths offered, largest first. */
export const widths = [1, 0.5, 0.25, 0.125] as const;

export function buildArchitecture(choice: ArchitectureChoice): Architecture {
  const { id, input, classes } = choice;
  switch (id) {
    case 'alexnet':
      return { id, input, classes, layers: alexnetLayers(choice, 1) };
    case 'alexnet-towers':
      return { id, input, classes, layers: alexnetLayers(choice, 2) };
    case 'allconv':
      return { id, input, classes, layers: allConvLayers(choice) };
    case 'lenet5':
      return { id, input, classes, layers: lenet5Layers(classes) };
    case 'alexnet-original':
      return { id, input, classes, layers: originalAlexnetLayers(classes) };
    case 'imported':
      return { id, input, classes, layers: choice.layers ?? [] };
  }
}

const conv = (
  name: string,
  filters: number,
  kernelSize: number,
  more: Partial<Conv2dLayer> = {},
): Conv2dLayer => ({
  kind: 'conv2d',
  name,
  filters,
  kernelSize,
  stride: 1,
  padding: 'same',
  groups: 1,
  activation: 'relu',
  ...more,
});

const dense = (name: string, units: number, activation: Activation = 'relu'): DenseLayer => ({
  kind: 'dense',
  name,
  units,
  activation,
});

const pool = (
  name: string,
  kind: PoolLayer['kind'],
  poolSize: number,
  padding: Padding,
): PoolLayer => ({ kind, name, poolSize, stride: 2, padding });

/** The tutorial's normalisation: a window of 9 channels, alpha 0.001 / 9. */
const tutorialLrn = (name: string): LrnLayer => ({
  kind: 'lrn',
  name,
  depthRadius: 4,
  bias: 1,
  alpha: 0.001 / 9,
  beta: 0.75,
});

/** The paper's section 3.3: n = 5, k = 2, alpha = 1e-4, beta = 0.75. */
const paperLrn = (name: string): LrnLayer => ({
  kind: 'lrn',
  name,
  depthRadius: 2,
  bias: 2,
  alpha: 1e-4,
  beta: 0.75,
});

/** With 0.9 a moving average is settled after some 40 steps; with the usual 0.99, after 400. */
const batchNorm = (name: string): BatchNormLayer => ({
  kind: 'batchNorm',
  name,
  momentum: 0.9,
  epsilon: 1e-3,
});

const normLayers: Record<Normalization, (name: string) => Layer[]> = {
  lrn: (name) => [tutorialLrn(name)],
  batch: (name) => [batchNorm(name)],
  none: () => [],
};

/** With two towers, as over two GPUs, conv2, conv4 and conv5 see the channels of their own alone. */
function alexnetLayers(choice: ArchitectureChoice, groups: 1 | 2): Layer[] {
  const { width, classes, dropout, normalization = 'lrn' } = choice;
  // Every tower has as many.
  const scaled = (units: number) => groups * Math.max(1, Math.round((units * width) / groups));
  const norm = normLayers[normalization];
  return [
    conv('conv1', scaled(96), 11),
    ...norm('norm1'),
    pool('pool1', 'maxPool', 3, 'same'),
    conv('conv2', scaled(256), 5, { groups }),
    ...norm('norm2'),
    pool('pool2', 'maxPool', 3, 'same'),
    conv('conv3', scaled(384), 3),
    conv('conv4', scaled(384), 3, { groups }),
    conv('conv5', scaled(256), 3, { groups }),
    pool('pool5', 'maxPool', 3, 'same'),
    { kind: 'flatten', name: 'flatten' },
    dense('fc6', scaled(4096)),
    { kind: 'dropout', name: 'drop6', rate: dropout },
    dense('fc7', scaled(4096)),
    { kind: 'dropout', name: 'drop7', rate: dropout },
    dense('fc8', classes, 'linear'),
  ];
}

/** LeCun et al., "Gradient-based learning applied to document recognition", 1998, with every map of
 * conv2 connected to every map of pool1. */
function lenet5Layers(classes: number): Layer[] {
  return [
    conv('conv1', 6, 5, { activation: 'tanh' }),
    pool('pool1', 'avgPool', 2, 'valid'),
    conv('conv2', 16, 5, { activation: 'tanh', padding: 'valid' }),
    pool('pool2', 'avgPool', 2, 'valid'),
    { kind: 'flatten', name: 'flatten' },
    dense('fc3', 120, 'tanh'),
    dense('fc4', 84, 'tanh'),
    dense('fc5', classes, 'linear'),
  ];
}

/**
 * Springenberg et al. 2014, "Striving for simplicity: the all convolutional net", All-CNN-C: strides in
 * the place of pooling, and the mean of each class's map in that of dense layers. The logits are those
 * means themselves, with no ReLU before, and the images are not dropped out of.
 */
function allConvLayers({ width, classes, dropout }: ArchitectureChoice): Layer[] {
  const scaled = (filters: number) => Math.max(1, Math.round(filters * width));
  const [few, many] = [scaled(96), scaled(192)];
  return [
    conv('conv1', few, 3),
    conv('conv2', few, 3),
    conv('conv3', few, 3, { stride: 2 }),
    { kind: 'dropout', name: 'drop3', rate: dropout },
    conv('conv4', many, 3),
    conv('conv5', many, 3),
    conv('conv6', many, 3, { stride: 2 }),
    { kind: 'dropout', name: 'drop6', rate: dropout },
    conv('conv7', many, 3),
    conv('conv8', many, 1),
    conv('conv9', classes, 1, { activation: 'linear' }),
    { kind: 'globalAveragePool', name: 'average' },
  ];
}

function originalAlexnetLayers(classes: number): Layer[] {
  return [
    conv('conv1', 96, 11, { stride: 4, padding: 2 }),
    paperLrn('norm1'),
    pool('pool1', 'maxPool', 3, 'valid'),
    conv('conv2', 256, 5, { groups: 2 }),
    paperLrn('norm2'),
    pool('pool2', 'maxPool', 3, 'valid'),
    conv('conv3', 384, 3),
    conv('conv4', 384, 3, { groups: 2 }),
    conv('conv5', 256, 3, { groups: 2 }),
    pool('pool5', 'maxPool', 3, 'valid'),
    { kind: 'flatten', name: 'flatten' },
    dense('fc6', 4096),
    { kind: 'dropout', name: 'drop6', rate: 0.5 },
    dense('fc7', 4096),
    { kind: 'dropout', name: 'drop7', rate: 0.5 },
    dense('fc8', classes, 'linear'),
  ];
}

/** The network of Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional
 * neural networks", NIPS 2012: 224x224x3 in, 1000 classes, 60,965,224 parameters. */
export const originalAlexnet: Architecture = buildArchitecture({
  id: 'alexnet-original',
  width: 1,
  input: { height: 224, width: 224, channels: 3 },
  classes: 1000,
  dropout: 0.5,
});
