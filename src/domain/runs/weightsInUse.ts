import type { NamedTensor } from './run.ts';

/** Under which names a training state holds the moving averages of its weights. */
const AVERAGE = 'average/';

export const averageName = (weight: string): string => `${AVERAGE}${weight}`;

/** Under which names it holds the optimizer's own state. */
const OPTIMIZER = 'adam/';

/** Adam's moments of a weight, the first and the second. */
export const momentNames = (weight: string): readonly [m: string, v: string] => [
  `${OPTIMIZER}m/${weight}`,
  `${OPTIMIZER}v/${weight}`,
];

/** How many updates the optimizer has made, in a tensor of one number. */
export const UPDATES = `${OPTIMIZER}updates`;

/** Under which names a checkpoint holds the weights of the lowest validation loss. */
const BEST = 'best/';

/**
 * The weights with which a network is used, out of a training state: the averages under the names of
 * the weights that they are averages of, and what has no average (moving statistics, and where none
 * are kept, all weights) as it is.
 */
export function weightsInUse(state: readonly NamedTensor[]): readonly NamedTensor[] {
  const averages = new Map(
    state.filter(({ name }) => name.startsWith(AVERAGE)).map((tensor) => [tensor.name, tensor]),
  );
  if (averages.size === 0) return withoutBest(state);
  return withoutBest(state)
    .filter(({ name }) => !averages.has(name) && !name.startsWith(OPTIMIZER))
    .map((tensor) => ({
      ...(averages.get(averageName(tensor.name)) ?? tensor),
      name: tensor.name,
    }));
}

/** These weights as they stand in a checkpoint beside those of the last step. */
export function asBest(weights: readonly NamedTensor[]): NamedTensor[] {
  return weights.map((tensor) => ({ ...tensor, name: `${BEST}${tensor.name}` }));
}

/** The best weights that a checkpoint holds, under their own names; none where it has none. */
export function bestWeights(state: readonly NamedTensor[]): NamedTensor[] {
  return state
    .filter(({ name }) => name.startsWith(BEST))
    .map((tensor) => ({ ...tensor, name: tensor.name.slice(BEST.length) }));
}

/** All of a checkpoint that the next step depends on. */
export function withoutBest(state: readonly NamedTensor[]): readonly NamedTensor[] {
  return state.filter(({ name }) => !name.startsWith(BEST));
}
