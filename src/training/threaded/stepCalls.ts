import type { Architecture } from '../../domain/architecture.ts';
import { type AugmentPlan, augmentShapeOf } from '../../domain/augment/draw.ts';
import { type AugmentShape, PARAMETERS } from '../../domain/augment/parameters.ts';
import { ADAM, isDecayed } from '../../domain/optimizerRule.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { Scaling } from '../../domain/scaling.ts';
import {
  describeNetwork,
  isTrainable,
  sizeOf,
  type WeightSpec,
  weightSpecs,
} from '../../domain/shapes.ts';
import { averageName } from '../../domain/weightsInUse.ts';
import { augmentScratchBytes } from '../../engine/wasm/scratch.ts';
import type { KernelName } from '../../engine/wasm/simdKernels.ts';
import { assert } from '../../util/assert.ts';
import { withMovingStatistics } from './batchNormCalls.ts';
import { type Argument, type CallPlan, CallPlanBuilder, type PlannedCall } from './callPlan.ts';
import { layerCalls } from './layerCalls.ts';
import { gradientOf, type Value } from './layerContext.ts';

export interface StepOptions {
  readonly architecture: Architecture;
  readonly batchSize: number;
  readonly imageCount: number;
  /** What dropout draws from. */
  readonly seed: number;
  /** Steps whose loss and accuracy wait to be read. */
  readonly metricSlots: number;
  /** How the bytes of images become numbers. */
  readonly scaling: Pick<Scaling, 'offset' | 'factor'>;
  /** How images are varied; without it they are not. */
  readonly augment?: AugmentShape | undefined;
  readonly labelSmoothing: number;
  /** Whether kernels decay, by the share that the step says. */
  readonly decays: boolean;
  /** Whether a moving average of the weights is kept. */
  readonly averages: boolean;
}

/** What a recipe makes of a step. */
export function stepOptionsOf(
  recipe: Recipe,
  architecture: Architecture,
  imageCount: number,
  scaling: Scaling,
  augment?: AugmentPlan,
): StepOptions {
  const { batchSize, seed, labelSmoothing, weightDecay, averaging } = recipe;
  return {
    ...{ architecture, batchSize, imageCount, seed, scaling, labelSmoothing },
    metricSlots: METRIC_SLOTS,
    augment: augment && augmentShapeOf(augment),
    decays: weightDecay > 0,
    averages: averaging > 0,
  };
}

/** More steps than are ever done between two readings. */
export const METRIC_SLOTS = 1024;

/** Names of buffers that the trainer fills or reads. */
export const stepBuffers = {
  /** The batch, scaled. */
  images: 'images',
  /** The images of the data set, bytes, and their labels. */
  pixels: 'pixels',
  labels: 'labels',
  /** What each byte of an image becomes, 256 floats; where images are not varied. */
  scaled: 'scaled',
  /** How each image of the batch is varied: see `domain/augment/parameters.ts`. */
  variations: 'variations',
  /** Indices of the batch's images. */
  order: 'order',
  /** What changes from step to step: see the kernels' `step.ts`. */
  step: 'step',
  metrics: 'metrics',
  firstMoment: (weight: string) => `adam/m/${weight}`,
  secondMoment: (weight: string) => `adam/v/${weight}`,
  average: averageName,
} as const;

export const STEP_BYTES = 20;
export const METRIC_BYTES = 8;

/**
 * One training step as a list of kernel calls over named buffers: forward, loss, backward, update.
 * A gradient is used as soon as the layer is done with its weights, and its memory is free again.
 */
export function planCalls(options: StepOptions): CallPlan {
  const { architecture, batchSize: batch, seed } = options;
  const plan = new CallPlanBuilder();
  const { layers: reports } = describeNetwork(architecture);
  const images = addInput(plan, options);
  const layers = layerCalls(plan, reports, images, { batch, seed });
  addLoss(plan, layers.at(-1)?.output ?? images, options);
  for (const layer of [...layers].reverse()) {
    layer.backward();
    for (const weight of layer.weights.filter(isTrainable)) addUpdate(plan, weight, options);
  }
  return plan.finish();
}

/**
 * The forward calls alone, without dropout, on images that lie in `stepBuffers.images`, with the
 * averages of the weights where there are any, and normalised by the moving statistics.
 */
export function planInference(options: StepOptions): CallPlan {
  const plan = planCalls(options);
  const calls = plan.calls
    .filter(
      ({ phase, layer, kernel }) =>
        phase === 'forward' && layer !== stepBuffers.images && !trainingOnly.has(kernel),
    )
    .map(withMovingStatistics);
  return { ...plan, calls: options.averages ? calls.map(withAverages(options)) : calls };
}

const trainingOnly: ReadonlySet<KernelName> = new Set(['dropout', 'batchMoments']);

function withAverages({ architecture }: StepOptions): (call: PlannedCall) => PlannedCall {
  const trained = weightSpecs(architecture).filter(isTrainable);
  const names = new Set<Argument>(trained.map(({ name }) => name));
  const averageOf = (argument: Argument) =>
    names.has(argument) ? stepBuffers.average(String(argument)) : argument;
  return (call) => ({ ...call, args: call.args.map(averageOf) });
}

/** The buffer of the logits: the last layer's output. */
export function logitsOf({ layers }: Architecture): string {
  const last = layers.at(-1);
  assert(last?.kind === 'dense', 'the last layer is dense');
  return last.name;
}

function addInput(plan: CallPlanBuilder, options: StepOptions): Value {
  const { architecture, batchSize: batch, imageCount } = options;
  const { height, width, channels } = architecture.input;
  const bytes = height * width * channels;
  for (const { name, shape } of weightSpecs(architecture)) plan.keep(name, 4 * sizeOf(shape));
  const pixels = plan.keep(stepBuffers.pixels, imageCount * bytes);
  const labels = plan.keep(stepBuffers.labels, imageCount);
  const order = plan.keep(stepBuffers.order, batch * 4);
  plan.keep(stepBuffers.step, STEP_BYTES);
  plan.keep(stepBuffers.metrics, options.metricSlots * METRIC_BYTES);
  const x = plan.floats(stepBuffers.images, batch * bytes);
  const batchLabels = plan.bytes('batch labels', batch);
  const { images } = stepBuffers;
  if (options.augment) {
    const { bends, thickens } = options.augment;
    const { offset, factor } = options.scaling;
    const variations = plan.keep(stepBuffers.variations, 4 * batch * PARAMETERS);
    plan.add('forward', images, 'augmentBatch', [
      ...[pixels, labels, order, variations, x, batchLabels, batch, height, width, channels],
      ...[Number(bends), Number(thickens), offset, factor],
      ...plan.scratch(augmentScratchBytes(architecture.input)),
    ]);
  } else {
    const scaled = plan.keep(stepBuffers.scaled, 256 * 4);
    plan.add('forward', images, 'gatherBatch', [
      ...[pixels, labels, order, scaled, x, batchLabels, batch, bytes],
    ]);
  }
  const shape = [height, width, channels];
  return { buffer: x, shape, gate: { kind: 'open' }, needsGradient: false };
}

function addLoss(
  plan: CallPlanBuilder,
  { buffer: logits }: Value,
  { architecture, batchSize: batch, labelSmoothing }: StepOptions,
): void {
  const { classes } = architecture;
  const dlogits = plan.floats(gradientOf(logits), batch * classes);
  const losses = plan.floats('losses', batch);
  const right = plan.floats('right', batch);
  plan.add('loss', 'loss', 'softmaxCrossEntropy', [
    ...[logits, 'batch labels', dlogits, losses, right, batch, classes, labelSmoothing],
  ]);
  plan.add('loss', 'loss', 'meanMetrics', [losses, right, stepBuffers.step, batch]);
}

function addUpdate(
  plan: CallPlanBuilder,
  { name, shape }: WeightSpec,
  { decays, averages }: StepOptions,
): void {
  const count = sizeOf(shape);
  const { step, firstMoment, secondMoment } = stepBuffers;
  const m = plan.keep(firstMoment(name), 4 * count);
  const v = plan.keep(secondMoment(name), 4 * count);
  const { beta1, beta2, epsilon } = ADAM;
  plan.add('update', name, 'adam', [
    ...[name, m, v, gradientOf(name), count, step, beta1, beta2, epsilon],
    Number(decays && isDecayed(shape)),
  ]);
  if (!averages) return;
  const average = plan.keep(stepBuffers.average(name), 4 * count);
  plan.add('update', name, 'average', [average, name, count, step]);
}
