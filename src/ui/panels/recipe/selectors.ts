import type { WorkbenchState } from '../../../app/state.ts';
import { presets, type Recipe, type recipeRanges } from '../../../domain/recipe.ts';

/** A control of the recipe. The preset is no control of its own, it is what Reset goes back to. */
export type RecipeKey = Exclude<keyof Recipe, 'preset'>;

/** The numbers of a recipe. */
export type NumberKey = keyof typeof recipeRanges;

/** Behind "Advanced". */
export const advancedKeys = [
  'initializer',
  'scaling',
  'seed',
  'validationImages',
  'validationInterval',
  'displayStep',
  'checkpointInterval',
] as const satisfies readonly RecipeKey[];

const basicKeys = [
  'architecture',
  'batchSize',
  'steps',
  'learningRate',
  'dropout',
] as const satisfies readonly RecipeKey[];

/** Where the recipe says something else than its preset. The width follows the machine. */
export function changedKeys(recipe: Recipe): readonly RecipeKey[] {
  const preset = presets[recipe.preset];
  return [...basicKeys, ...advancedKeys].filter((key) => recipe[key] !== preset[key]);
}

/** The changes that lead back to the preset. */
export function resetChanges(recipe: Recipe): Partial<Recipe> {
  const { width: _, ...preset } = presets[recipe.preset];
  return preset;
}

/** Why the controls do not take effect now, or only for the next run. */
export function recipeHold({ phase }: WorkbenchState): 'locked' | 'paused' | undefined {
  if (phase === 'training') return 'locked';
  return phase === 'paused' ? 'paused' : undefined;
}

export interface Plan {
  readonly images: number;
  readonly epochs: number;
}

/** How often the run would see the images, once it is known how many there are. */
export function planOf({ recipe, dataset }: WorkbenchState): Plan | undefined {
  if (dataset.status !== 'ready' || dataset.summary.trainCount === 0) return undefined;
  const images = dataset.summary.trainCount;
  return { images, epochs: (recipe.steps * recipe.batchSize) / images };
}

/** The widths offered, and the current one where the address asked for another. */
export function widthChoices(offered: readonly number[], current: number): number[] {
  return [...new Set([...offered, current])].sort((a, b) => b - a);
}
