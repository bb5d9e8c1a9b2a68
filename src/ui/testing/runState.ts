import type { RunState } from '../../app/state.ts';
import { architectureOf, seedRecipe } from '../../domain/recipe/recipe.ts';

export const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** A finished run whose model is in memory. */
export const runState: RunState = {
  record: {
    ...{ id: 'run', name: 'run', status: 'finished', createdAt: 1, updatedAt: 1 },
    recipe: seedRecipe,
    architecture: architectureOf(seedRecipe, { height: 28, width: 28, channels: 1 }, 10),
    scaling: { kind: 'minmax', offset: 0, factor: 1 },
    ...{ datasetName: 'MNIST', classNames: digits, engine: 'wasm', step: 10, trainingMs: 1 },
    history: { training: [], validation: [] },
  },
  ...{ step: 10, training: [], validation: [] },
  ...{ imagesPerSecond: undefined, secondsLeft: undefined, checkpoint: undefined },
};
