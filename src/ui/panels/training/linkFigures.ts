import type { WorkbenchState } from '../../../app/state.ts';
import { architectureOf } from '../../../domain/recipe/recipe.ts';
import { estimatedSeconds } from '../../../domain/recipe/timeEstimate.ts';
import { checkpointBytes } from '../../../domain/runs/storageReport.ts';

/** What images are like until there are some. */
const MNIST = { shape: { height: 28, width: 28, channels: 1 }, classes: 10 };

/** A run keeps its last checkpoint and the one before. */
const CHECKPOINTS_KEPT = 2;

type Planned = Pick<WorkbenchState, 'engine' | 'recipe' | 'dataset'>;

function networkOf({ recipe, dataset }: Planned) {
  const { shape = MNIST.shape, classNames } = dataset.status === 'ready' ? dataset.summary : {};
  return architectureOf(recipe, shape, classNames?.length ?? MNIST.classes);
}

/** How long a new run takes about; known where the processor does the work, not of a GPU nobody knows. */
export function secondsOfRun(state: Planned): number | undefined {
  const { engine, recipe } = state;
  if (!engine || (engine.name !== 'wasm' && engine.name !== 'webgpu')) return undefined;
  if (engine.name === 'webgpu' && engine.adapter?.software !== true) return undefined;
  const cores = engine.threads?.used ?? navigator.hardwareConcurrency;
  return estimatedSeconds(engine.name, networkOf(state), recipe.batchSize, recipe.steps, cores);
}

/** What its checkpoints take in the browser. */
export function roomOfRun(state: Planned): number {
  return CHECKPOINTS_KEPT * checkpointBytes(networkOf(state), state.recipe);
}
