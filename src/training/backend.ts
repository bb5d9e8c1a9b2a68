import type { Architecture } from '../domain/architecture/architecture.ts';
import type { PreviewJob } from '../domain/augment/preview.ts';
import type { LabelledImages } from '../domain/data/dataset.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { Scaling } from '../domain/recipe/scaling.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import type { Reader } from './reader.ts';
import type { Trainer, TrainerOptions } from './trainer.ts';

/** What an engine does with networks. */
export interface Backend {
  /** One without a state: it is to be given one before anything else. */
  makeTrainer(
    architecture: Architecture,
    images: LabelledImages,
    scaling: Scaling,
    recipe: Recipe,
    options: TrainerOptions,
  ): Promise<Trainer>;
  /** One that reads with these weights. */
  makeReader(architecture: Architecture, weights: readonly NamedTensor[]): Promise<Reader>;
  /** Varies images as training does. Gives the bytes before they are rounded, an entry a step. */
  vary(job: PreviewJob): Promise<Float32Array[]>;
}
