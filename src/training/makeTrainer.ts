import type { LabelledImages } from '../domain/data/dataset.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import type { Scaling } from '../domain/recipe/scaling.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { backendInUse } from './backendInUse.ts';
import type { Network } from './network.ts';
import type { Trainer, TrainerOptions } from './trainer.ts';

/** Where a run goes on. */
export interface Start {
  readonly state: readonly NamedTensor[];
  readonly step: number;
}

/**
 * The trainer that the engine in use has for this network, which hands it its weights; without a
 * `start` a run begins with them. Where none can be made the network is what it was.
 */
export async function makeTrainer(
  network: Network,
  images: LabelledImages,
  scaling: Scaling,
  recipe: Recipe,
  options: TrainerOptions = {},
  start?: Start,
): Promise<Trainer> {
  const { architecture } = network;
  const backend = await backendInUse();
  const { state, step } = start ?? { state: await network.exportWeights(), step: 0 };
  network.rest();
  const trainer = await backend.makeTrainer(architecture, images, scaling, recipe, options);
  try {
    trainer.importState(state, step);
  } catch (error) {
    trainer.dispose();
    throw error;
  }
  network.handTo(trainer);
  return trainer;
}
