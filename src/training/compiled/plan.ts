import type { Architecture } from '../../domain/architecture.ts';
import { type AugmentShape, PARAMETERS } from '../../domain/augment/parameters.ts';
import { isDecayed, type OptimizerRule } from '../../domain/optimizerRule.ts';
import type { Scaling } from '../../domain/scaling.ts';
import { describeNetwork, sizeOf, type WeightSpec, weightSpecs } from '../../domain/shapes.ts';
import { averageName } from '../../domain/weightsInUse.ts';
import { augmentBatch } from '../../engine/webgpu/kernels/augmentBatch.ts';
import { batchMetrics } from '../../engine/webgpu/kernels/batchMetrics.ts';
import { gatherBatch } from '../../engine/webgpu/kernels/gatherBatch.ts';
import { clipFactor, squareSum } from '../../engine/webgpu/kernels/gradientNorm.ts';
import { optimizerUpdate } from '../../engine/webgpu/kernels/optimizer.ts';
import { softmaxCrossEntropy } from '../../engine/webgpu/kernels/softmaxCrossEntropy.ts';
import { type DeviceTraits, FLOAT_BYTES } from '../../engine/webgpu/operation.ts';
import { STEP_BYTES } from '../../engine/webgpu/step.ts';
import { layerPlans } from './layerPlans.ts';
import { gradientOf, PlanBuilder, type StepPlan, type Value } from './planBuilder.ts';

export interface StepOptions {
  readonly architecture: Architecture;
  readonly batchSize: number;
  readonly scaling: Scaling;
  /** How images are varied; without it they are not. */
  readonly augment?: AugmentShape | undefined;
  readonly labelSmoothing?: number;
  /** Of kernels; biases never decay. */
  readonly rule: OptimizerRule;
  /** Whether a moving average of the weights is kept. */
  readonly averages?: boolean;
  /** Length to which the gradients are clipped, all weights' together. */
  readonly clipNorm?: number;
  readonly traits: DeviceTraits;
  /** Bytes of all images, and their number: the data set lies on the device. */
  readonly imageCount: number;
  /** Steps whose loss and accuracy wait on the device to be read. */
  readonly metricSlots: number;
}

/** Names of buffers that the trainer fills or reads. */
export const planBuffers = {
  pixels: 'pixels',
  labels: 'labels',
  order: 'order',
  /** How each image of the batch is varied: see `domain/augment/parameters.ts`. */
  variations: 'variations',
  step: 'step',
  metrics: 'metrics',
  firstMoment: (weight: string) => `adam/m/${weight}`,
  secondMoment: (weight: string) => `adam/v/${weight}`,
  average: averageName,
} as const;

export function planStep(options: StepOptions): StepPlan {
  const { architecture, batchSize: batch, traits } = options;
  const plan = new PlanBuilder();
  const { layers: reports } = describeNetwork(architecture);
  const images = addInput(plan, options);
  const planned = layerPlans(plan, reports, images, batch, traits);
  const logits = planned.at(-1)?.output ?? images;
  addLoss(plan, logits, options);
  const weights = planned.flatMap((layer) => layer.weights);
  const clip =
    options.clipNorm === undefined ? undefined : addClipping(plan, weights.length, traits);
  for (const layer of [...planned].reverse()) {
    layer.backward();
    for (const weight of layer.weights) {
      // A gradient that need not wait for the others is used at once, and its memory is free again.
      if (clip) clip.count(weight, weights.indexOf(weight));
      else addUpdate(plan, weight, options);
    }
  }
  if (clip && options.clipNorm !== undefined) {
    clip.finish(options.clipNorm);
    for (const weight of weights) addUpdate(plan, weight, options, clip.factor);
  }
  return plan.finish();
}

function addInput(plan: PlanBuilder, options: StepOptions): Value {
  const { architecture, batchSize: batch, scaling, augment, imageCount } = options;
  const { height, width, channels } = architecture.input;
  const imageBytes = height * width * channels;
  const { offset, factor } = scaling;
  for (const { name, shape } of weightSpecs(architecture)) {
    plan.keep(name, sizeOf(shape) * FLOAT_BYTES);
  }
  const pixels = plan.keep(planBuffers.pixels, imageCount * imageBytes);
  plan.keep(planBuffers.labels, imageCount);
  const order = plan.keep(planBuffers.order, batch * 4);
  const step = plan.keep(planBuffers.step, STEP_BYTES, 'uniform');
  const x = plan.floats('images', batch * imageBytes);
  if (augment) {
    const bytes = batch * PARAMETERS * FLOAT_BYTES;
    const variations = plan.keep(planBuffers.variations, bytes);
    const varied = augmentBatch({ batch, augment, offset, factor });
    plan.add('forward', 'images', varied, { pixels, order, variations, x, step });
  } else {
    const gather = gatherBatch({ batch, imageBytes, offset, factor });
    plan.add('forward', 'images', gather, { pixels, order, x, step });
  }
  return {
    buffer: x,
    shape: [height, width, channels],
    gate: { kind: 'open' },
    needsGradient: false,
  };
}

function addLoss(plan: PlanBuilder, { buffer: logits }: Value, options: StepOptions): void {
  const { architecture, batchSize: batch, metricSlots: slots, labelSmoothing = 0 } = options;
  const { classes } = architecture;
  const { labels, order, step } = planBuffers;
  const metrics = plan.keep(planBuffers.metrics, slots * 2 * FLOAT_BYTES);
  const dlogits = plan.floats(gradientOf(logits), batch * classes);
  const figures = plan.floats('figures', batch * 2);
  const shape = { batch, classes, smoothing: labelSmoothing };
  const buffers = { logits, labels, order, dlogits, figures, step };
  plan.add('loss', 'loss', softmaxCrossEntropy(shape), buffers);
  plan.add('loss', 'loss', batchMetrics({ batch, slots }, options.traits), {
    figures,
    metrics,
    step,
  });
}

function addUpdate(
  plan: PlanBuilder,
  { name, shape }: WeightSpec,
  { rule: kernelRule, averages: averaged = false }: StepOptions,
  factor?: string,
): void {
  const bytes = sizeOf(shape) * FLOAT_BYTES;
  const rule = isDecayed(shape) ? kernelRule : withoutDecay(kernelRule);
  const { step, firstMoment, secondMoment, average } = planBuffers;
  const m = plan.keep(firstMoment(name), bytes);
  const v = plan.keep(secondMoment(name), bytes);
  const clipped = factor !== undefined;
  const update = optimizerUpdate(sizeOf(shape), rule, { clipped, averaged });
  plan.add('update', name, update, {
    ...{ w: name, g: gradientOf(name), m, v, step },
    ...(clipped ? { factor } : {}),
    ...(averaged ? { a: plan.keep(average(name), bytes) } : {}),
  });
}

function withoutDecay(rule: OptimizerRule): OptimizerRule {
  return rule.kind === 'adamw' ? { ...rule, kind: 'adam' } : rule;
}

function addClipping(plan: PlanBuilder, slots: number, traits: DeviceTraits) {
  const squares = plan.keep('squares', slots * FLOAT_BYTES);
  const factor = plan.keep('clip factor', FLOAT_BYTES);
  return {
    factor,
    count({ name, shape }: WeightSpec, slot: number) {
      const operation = squareSum(sizeOf(shape), slot, slots, traits);
      plan.add('update', name, operation, { g: gradientOf(name), squares });
    },
    finish(maxNorm: number) {
      plan.add('update', 'all', clipFactor(slots, maxNorm), { squares, factor });
    },
  };
}
