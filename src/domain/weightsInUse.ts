import type { NamedTensor } from './run.ts';

/** Under which names a training state holds the moving averages of its weights. */
const AVERAGE = 'average/';

export const averageName = (weight: string): string => `${AVERAGE}${weight}`;

/**
 * The weights with which a network is used, out of a training state: the averages under the names of
 * the weights that they are averages of, or the weights where there are none.
 */
export function weightsInUse(state: readonly NamedTensor[]): readonly NamedTensor[] {
  const averages = state.filter(({ name }) => name.startsWith(AVERAGE));
  if (averages.length === 0) return state;
  return averages.map((tensor) => ({ ...tensor, name: tensor.name.slice(AVERAGE.length) }));
}
