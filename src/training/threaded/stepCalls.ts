import type { Architecture } from '../../domain/architecture.ts';
import { ADAM } from '../../domain/optimizerRule.ts';
import { describeNetwork, sizeOf, type WeightSpec, weightSpecs } from '../../domain/shapes.ts';
import { assert } from '../../util/assert.ts';
import { type CallPlan, CallPlanBuilder, type PlannedCall } from './callPlan.ts';
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
}

/** Names of buffers that the trainer fills or reads. */
export const stepBuffers = {
  /** The batch, scaled. */
  images: 'images',
  /** The images of the data set, bytes, and their labels. */
  pixels: 'pixels',
  labels: 'labels',
  /** What each byte of an image becomes, 256 floats. */
  scaled: 'scaled',
  /** Indices of the batch's images. */
  order: 'order',
  /** What changes from step to step: see the kernels' `step.ts`. */
  step: 'step',
  metrics: 'metrics',
  firstMoment: (weight: string) => `adam/m/${weight}`,
  secondMoment: (weight: string) => `adam/v/${weight}`,
} as const;

export const STEP_BYTES = 16;
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
    for (const weight of layer.weights) addUpdate(plan, weight);
  }
  return plan.finish();
}

/** The forward calls alone, without dropout, on images that lie in `stepBuffers.images`. */
export function planInference(options: StepOptions): CallPlan {
  const plan = planCalls(options);
  const isLeftOut = ({ phase, kernel }: PlannedCall) =>
    phase !== 'forward' || kernel === 'gatherBatch' || kernel === 'dropout';
  return { ...plan, calls: plan.calls.filter((call) => !isLeftOut(call)) };
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
  const scaled = plan.keep(stepBuffers.scaled, 256 * 4);
  const order = plan.keep(stepBuffers.order, batch * 4);
  plan.keep(stepBuffers.step, STEP_BYTES);
  plan.keep(stepBuffers.metrics, options.metricSlots * METRIC_BYTES);
  const x = plan.floats(stepBuffers.images, batch * bytes);
  const batchLabels = plan.bytes('batch labels', batch);
  plan.add('forward', 'images', 'gatherBatch', [
    ...[pixels, labels, order, scaled, x, batchLabels, batch, bytes],
  ]);
  const shape = [height, width, channels];
  return { buffer: x, shape, gate: { kind: 'open' }, needsGradient: false };
}

function addLoss(
  plan: CallPlanBuilder,
  { buffer: logits }: Value,
  { architecture, batchSize: batch }: StepOptions,
): void {
  const { classes } = architecture;
  const dlogits = plan.floats(gradientOf(logits), batch * classes);
  const losses = plan.floats('losses', batch);
  const right = plan.floats('right', batch);
  plan.add('loss', 'loss', 'softmaxCrossEntropy', [
    ...[logits, 'batch labels', dlogits, losses, right, batch, classes],
  ]);
  plan.add('loss', 'loss', 'meanMetrics', [losses, right, stepBuffers.step, batch]);
}

function addUpdate(plan: CallPlanBuilder, { name, shape }: WeightSpec): void {
  const count = sizeOf(shape);
  const { step, firstMoment, secondMoment } = stepBuffers;
  const m = plan.keep(firstMoment(name), 4 * count);
  const v = plan.keep(secondMoment(name), 4 * count);
  const { beta1, beta2, epsilon } = ADAM;
  plan.add('update', name, 'adam', [
    ...[name, m, v, gradientOf(name), count, step, beta1, beta2, epsilon],
  ]);
}
