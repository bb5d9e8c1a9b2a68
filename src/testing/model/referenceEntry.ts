import * as Comlink from 'comlink';
import { planAugmentation } from '../../domain/augment/draw.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import type { EngineName } from '../../domain/machine/engineReport.ts';
import type { TrainingPoint, ValidationPoint } from '../../domain/metrics/metrics.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import { type CourseChanges, learningRateAt } from '../../domain/recipe/schedule.ts';
import type { BestValidation, NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import { asBest, bestWeights, weightsInUse, withoutBest } from '../../domain/runs/weightsInUse.ts';
import { webgpuPipelines } from '../../engine/device.ts';
import { startEngine } from '../../engine/engines.ts';
import { evaluate } from '../../training/evaluate.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import { makeTrainer } from '../../training/makeTrainer.ts';
import { Network } from '../../training/network.ts';
import { READING_BATCH } from '../../training/reader.ts';

/**
 * What a run must come to, worked out apart from the session, the store and the page: the trainer, the
 * order of the batches and the rule of the learning rate, and nothing between them.
 */

/** A place in a run: all that its next step depends on. */
export interface Place {
  readonly step: number;
  readonly tensors: readonly NamedTensor[];
  readonly best?: BestValidation | undefined;
}

/** Images, and which of them are trained and validated on. */
export interface Material {
  readonly images: LabelledImages;
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/** What a run is asked to come to, from one place on. */
export interface Passage {
  readonly engine: EngineName;
  readonly record: Pick<RunRecord, 'recipe' | 'architecture' | 'scaling'>;
  readonly material: Material;
  readonly course: Required<CourseChanges>;
  readonly from: Place;
  readonly toStep: number;
}

/** The place that it comes to, and the figures on the way. */
export interface Arrival extends Place {
  readonly losses: readonly TrainingPoint[];
  readonly validations: readonly ValidationPoint[];
}

async function start(engine: EngineName): Promise<void> {
  await startEngine(engine, (problem) => {
    throw problem;
  });
  // Where a processor plays the GPU, compiling takes longer than all the steps; the networks are alike.
  if (engine === 'webgpu') webgpuPipelines().sweep = () => undefined;
}

const networkOf = ({ architecture }: Passage['record'], place: Place): Network =>
  new Network(architecture, weightsInUse(place.tensors));

const reference = {
  beginning({ recipe, architecture }: Passage['record']): Place {
    return { step: 0, tensors: initialWeights(architecture, recipe.initializer, recipe.seed) };
  },

  async follow({ engine, record, material, course, from, toStep }: Passage): Promise<Arrival> {
    await start(engine);
    const { recipe, scaling } = record;
    const { images, training, validation } = material;
    const network = networkOf(record, from);
    const augment = planAugmentation(recipe, images, training);
    const trainer = await makeTrainer(
      ...([network, images, scaling, recipe, { augment, threads: 1 }] as const),
      { state: withoutBest(from.tensors), step: from.step },
    );
    try {
      const order = new BatchOrder(training, recipe.batchSize, recipe.seed);
      const losses: TrainingPoint[] = [];
      const validations: ValidationPoint[] = [];
      let { best } = from;
      let bestTensors = asBest(bestWeights(from.tensors));
      while (trainer.step < toStep) {
        const rate = learningRateAt(recipe, trainer.step, course);
        trainer.trainStep(order.batch(trainer.step), rate);
        losses.push(...(await trainer.readMetrics()));
        const { step } = trainer;
        const length = course.lengthChanges.findLast((change) => change.step < step);
        const validates =
          step === (length?.steps ?? recipe.steps) || step % recipe.validationInterval === 0;
        const indices = validation.subarray(0, recipe.validationImages);
        if (!validates || indices.length === 0) continue;
        const read = { split: 'validation', indices, batchSize: READING_BATCH } as const;
        const { loss, accuracy, images: count } = await evaluate(network, images, scaling, read);
        validations.push({ step, loss, accuracy, images: count });
        if (recipe.keepBest === 'off' || (best && best.loss <= loss)) continue;
        best = { step, loss, accuracy };
        bestTensors = asBest(await network.exportWeights());
      }
      const tensors = [...(await trainer.exportState()), ...bestTensors];
      return { step: toStep, tensors, best, losses, validations };
    } finally {
      trainer.dispose();
      network.dispose();
    }
  },

  /** The share of these images that the weights in use read right. */
  async accuracy(
    engine: EngineName,
    record: Passage['record'],
    place: Place,
    images: LabelledImages,
  ): Promise<number> {
    await start(engine);
    const network = networkOf(record, place);
    const indices = Uint32Array.from({ length: images.count }, (_, i) => i);
    const read = { split: 'test', indices, batchSize: READING_BATCH } as const;
    const { accuracy } = await evaluate(network, images, record.scaling, read);
    network.dispose();
    return accuracy;
  },
};

export type Reference = typeof reference;

Comlink.expose(reference);
