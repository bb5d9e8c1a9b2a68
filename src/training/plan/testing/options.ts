import type { Architecture } from '../../../domain/architecture/architecture.ts';
import { ADAM } from '../../../domain/recipe/optimizerRule.ts';
import type { TrainingOptions } from '../trainingPlan.ts';

/** What a step of this network may depend on, with everything that a recipe may add. */
export const richOptions = (architecture: Architecture, batchSize = 7): TrainingOptions => ({
  ...{ architecture, batchSize, imageCount: 50, metricSlots: 16 },
  augment: { image: architecture.input, bends: true, thickens: true },
  scaling: { offset: 0, factor: 1 / 255 },
  ...{ labelSmoothing: 0.1, rule: { ...ADAM, kind: 'adamw' }, averages: true },
});

/** The same without any of it. */
export const plainOptions = (architecture: Architecture, batchSize = 7): TrainingOptions => ({
  ...{ architecture, batchSize, imageCount: 50, metricSlots: 16 },
  scaling: { offset: 0, factor: 1 / 255 },
  ...{ labelSmoothing: 0, rule: ADAM, averages: false },
});
