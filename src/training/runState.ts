import { isTrainable, weightSpecs } from '../domain/architecture/shapes.ts';
import type { NamedTensor, RunRecord } from '../domain/runs/run.ts';
import { averageName, momentNames, UPDATES, withoutBest } from '../domain/runs/weightsInUse.ts';
import { assert } from '../util/assert.ts';

declare const complete: unique symbol;

/**
 * All that the next step of a run depends on beside its record: complete, or no state. It is one of two:
 *
 *   a beginning   every weight, and nothing else: an optimizer starts afresh from them
 *   after a step  every weight as it is in training, Adam's two moments of each that has a gradient, the
 *                 number of updates, and the averages of the weights where the recipe keeps them
 *
 * Random numbers and the order of the images follow from the recipe's seed and the step. The weights of
 * the lowest validation loss may stand beside either.
 */
export type RunState = readonly NamedTensor[] & { readonly [complete]: true };

/** These tensors as a state. That they are one was seen to: by a trainer, or by who read them. */
export function runState(tensors: readonly NamedTensor[], of: Stateful): RunState {
  const missing = missingFrom(tensors, of);
  assert(missing.length === 0, `a state lacks ${missing.join(', ')}`);
  return tensors as RunState;
}

type Stateful = Pick<RunRecord, 'architecture' | 'recipe'>;

/** What these tensors lack to be a state. */
export function missingFrom(
  tensors: readonly NamedTensor[],
  { architecture, recipe }: Stateful,
): string[] {
  const specs = weightSpecs(architecture);
  const trained = specs.filter(isTrainable).map(({ name }) => name);
  const names = new Set(withoutBest(tensors).map(({ name }) => name));
  const isBeginning = names.size === specs.length;
  const wanted = [
    ...specs.map(({ name }) => name),
    ...(isBeginning ? [] : [...trained.flatMap(momentNames), UPDATES]),
    ...(isBeginning || recipe.averaging === 0 ? [] : trained.map(averageName)),
  ];
  return wanted.filter((name) => !names.has(name));
}
