import type { Architecture } from '../../domain/architecture/architecture.ts';
import { STEP } from '../../domain/architecture/layerKind.ts';
import { gradientOf, type Operation, type Value } from '../../domain/architecture/operation.ts';
import { type ImageShape, sizeOf } from '../../domain/architecture/shape.ts';
import { isTrainable, type WeightSpec } from '../../domain/architecture/weight.ts';
import { type AugmentPlan, augmentShapeOf } from '../../domain/augment/draw.ts';
import type { AugmentShape } from '../../domain/augment/parameters.ts';
import { ADAM, isDecayed, type OptimizerRule } from '../../domain/recipe/optimizerRule.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import { backward, forward, placedNetwork } from './layers.ts';
import { type Plan, type Planned, planned } from './plan.ts';
import {
  imagesOf,
  keptOf,
  labelsOf,
  metricsOf,
  orderOf,
  pixelsOf,
  variationsOf,
} from './values.ts';

/** What a training step depends on. */
export interface TrainingOptions {
  readonly architecture: Architecture;
  readonly batchSize: number;
  /** How many images the data set has, which lies where the step is made. */
  readonly imageCount: number;
  readonly scaling: Pick<Scaling, 'offset' | 'factor'>;
  /** How images are varied; without it they are not. */
  readonly augment?: AugmentShape | undefined;
  readonly labelSmoothing: number;
  /** Of kernels; biases never decay. */
  readonly rule: OptimizerRule;
  /** Whether a moving average of the weights is kept. */
  readonly averages: boolean;
  /** Length to which the gradients are clipped, all weights' together. */
  readonly clipNorm?: number;
  /** Steps whose loss and accuracy wait to be read. */
  readonly metricSlots: number;
}

export function trainingOptions(
  recipe: Recipe,
  architecture: Architecture,
  imageCount: number,
  scaling: Scaling,
  augment: AugmentPlan | undefined,
  metricSlots: number,
): TrainingOptions {
  const { batchSize, labelSmoothing, weightDecay, averaging } = recipe;
  return {
    ...{ architecture, batchSize, imageCount, scaling, labelSmoothing, metricSlots },
    augment: augment && augmentShapeOf(augment),
    rule: weightDecay > 0 ? { ...ADAM, kind: 'adamw' } : ADAM,
    averages: averaging > 0,
  };
}

/**
 * One training step: forward, loss, backward, update. A gradient that need not wait for the others is
 * used as soon as its layer is done with the weight, and its memory is free again.
 */
export function planTraining(options: TrainingOptions): Plan {
  const network = placedNetwork(options.architecture, options.batchSize, true);
  const { clipNorm } = options;
  const weights = network.layers.flatMap((place) => place.weights.filter(isTrainable));
  const back = [...network.layers]
    .reverse()
    .flatMap((place) => [
      ...backward(place),
      ...place.weights
        .filter(isTrainable)
        .flatMap((weight) =>
          clipNorm === undefined
            ? update(weight, options)
            : counted(weight, weights.indexOf(weight), weights.length),
        ),
    ]);
  const clipped = clipNorm === undefined ? [] : clippedUpdates(weights, clipNorm, options);
  return {
    operations: [
      ...input({ ...options, image: options.architecture.input }),
      ...forward(network),
      ...loss(network.logits, options),
      ...back,
      ...clipped,
    ],
    results: [],
  };
}

/** What a step begins with, alone: the images of a batch, varied. */
export function planImages(options: InputOptions): Plan {
  const { batchSize, image } = options;
  const { height, width, channels } = image;
  const operations = input(options);
  return {
    operations,
    results: [imagesOf(batchSize, [height, width, channels]), targetsOf(batchSize)],
  };
}

type InputOptions = Pick<TrainingOptions, 'batchSize' | 'imageCount' | 'scaling' | 'augment'> & {
  readonly image: ImageShape;
};

function input({ image, batchSize, imageCount, scaling, augment }: InputOptions): Planned[] {
  const { height, width, channels } = image;
  const x = imagesOf(batchSize, [height, width, channels]);
  const { offset, factor } = scaling;
  const reads = {
    pixels: pixelsOf(imageCount, height * width * channels),
    labels: labelsOf(imageCount),
    order: orderOf(batchSize),
    step: STEP,
  };
  const writes = { x, targets: targetsOf(batchSize) };
  const operation: Operation = augment
    ? {
        kind: 'augmentBatch',
        of: { offset, factor, bends: augment.bends, thickens: augment.thickens },
        reads: { ...reads, variations: variationsOf(batchSize) },
        writes,
      }
    : { kind: 'gatherBatch', of: { offset, factor }, reads, writes };
  return planned('forward', 'images', [operation]);
}

const targetsOf = (batch: number): Value => ({ name: 'targets', shape: [batch], element: 'half' });

function loss(logits: Value, options: TrainingOptions): Planned[] {
  const { architecture, batchSize: batch, imageCount, labelSmoothing, metricSlots } = options;
  const figures: Value = { name: 'figures', shape: [2, batch] };
  const reads = { logits, targets: targetsOf(batch), labels: labelsOf(imageCount) };
  return planned('loss', 'loss', [
    {
      kind: 'softmaxCrossEntropy',
      of: { batch, classes: architecture.classes, smoothing: labelSmoothing },
      reads: { ...reads, order: orderOf(batch), step: STEP },
      writes: { dlogits: gradientOf(logits), figures },
    },
    {
      kind: 'meanMetrics',
      of: { batch, slots: metricSlots },
      reads: { figures, step: STEP },
      writes: { metrics: metricsOf(metricSlots) },
    },
  ]);
}

function update(weight: WeightSpec, options: TrainingOptions, factor?: Value): Planned[] {
  const { rule: kernelRule, averages: averaged } = options;
  const { w, m, v, a } = keptOf(weight);
  const rule = isDecayed(weight.shape) ? kernelRule : withoutDecay(kernelRule);
  return planned('update', weight.name, [
    {
      kind: 'update',
      of: { rule, size: sizeOf(weight.shape), clipped: factor !== undefined, averaged },
      reads: { g: gradientOf(w), step: STEP, ...(factor && { factor }) },
      writes: { w, m, v, ...(averaged && { a }) },
    },
  ]);
}

function withoutDecay(rule: OptimizerRule): OptimizerRule {
  return rule.kind === 'adamw' ? { ...rule, kind: 'adam' } : rule;
}

const squaresOf = (slots: number): Value => ({ name: 'squares', shape: [slots], lasts: true });

/** The square of a gradient's length, beside those of the others. */
function counted(weight: WeightSpec, slot: number, slots: number): Planned[] {
  const g = gradientOf(keptOf(weight).w);
  const of = { size: sizeOf(weight.shape), slot, slots };
  return planned('update', weight.name, [
    { kind: 'squareSum', of, reads: { g }, writes: { squares: squaresOf(slots) } },
  ]);
}

function clippedUpdates(
  weights: readonly WeightSpec[],
  maxNorm: number,
  options: TrainingOptions,
): Planned[] {
  const slots = weights.length;
  const factor: Value = { name: 'clip factor', shape: [1], lasts: true };
  const operation: Operation = {
    kind: 'clipFactor',
    of: { slots, maxNorm },
    reads: { squares: squaresOf(slots) },
    writes: { factor },
  };
  return [
    ...planned('update', 'all', [operation]),
    ...weights.flatMap((weight) => update(weight, options, factor)),
  ];
}
