import type { AugmentPlan } from '../domain/augment/draw.ts';
import type { LabelledImages } from '../domain/dataset.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { Scaling } from '../domain/scaling.ts';
import type { Preparation, TuningMemory } from '../domain/tuning.ts';
import { bufferLimit } from '../engine/device.ts';
import { availableThreads } from '../engine/wasm/threads/threadTeam.ts';
import { CompiledTrainer } from './compiled/compiledTrainer.ts';
import { tunePlan } from './compiled/tunePlan.ts';
import { refuseTooLarge } from './deviceLimit.ts';
import type { Network } from './network.ts';
import { TapeTrainer } from './tapeTrainer.ts';
import { ThreadedTrainer } from './threaded/threadedTrainer.ts';
import type { Trainer } from './trainer.ts';

/** How a trainer is made ready, where there is something to make ready. */
export interface TrainerOptions {
  /** How training images are varied; without it they are not. */
  readonly augment?: AugmentPlan | undefined;
  /** Whether to measure which kernels are the fastest here; else the likeliest are taken. */
  readonly tune?: boolean;
  /** What was measured before. */
  readonly tuning?: TuningMemory | undefined;
  readonly onProgress?: (preparation: Preparation) => void;
  /** How many threads train on the wasm engine; without it, as many as there are cores. */
  readonly threads?: number | undefined;
  /** Once aborted nothing more is measured; the trainer is made nevertheless. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The fastest trainer that the engine has for this network: a compiled step on webgpu, kernels on all
 * cores on wasm, and tfjs's tape everywhere else.
 */
export async function makeTrainer(
  engine: string,
  network: Network,
  images: LabelledImages,
  scaling: Scaling,
  recipe: Recipe,
  { augment, tune = false, tuning, onProgress, threads, signal }: TrainerOptions = {},
): Promise<Trainer> {
  if (engine === 'webgpu') {
    refuseTooLarge(network.architecture, recipe, bufferLimit());
  }
  if (engine === 'wasm') {
    const team = threads ?? availableThreads();
    return ThreadedTrainer.create(network, images, scaling, recipe, team, augment);
  }
  if (engine !== 'webgpu') {
    return new TapeTrainer(network, images, scaling, recipe, augment);
  }
  const progressOf = (stage: Preparation['stage']) => (done: number, total: number) =>
    onProgress?.({ stage, done, total });
  return CompiledTrainer.create(network, images, scaling, recipe, {
    augment,
    chooseFor: tune
      ? (plan) => tunePlan(plan, tuning, { onProgress: progressOf('tuning'), signal })
      : undefined,
    onProgress: progressOf('compiling'),
  });
}
