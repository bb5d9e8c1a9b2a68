import type { Recipe } from './recipe.ts';

/** A part of a recipe that changes what is learned: all but its origin and how often it reports. */
export type Hyperparameter = Exclude<keyof Recipe, 'preset' | 'displayStep' | 'checkpointInterval'>;

/** In the order in which people look for them. */
export const hyperparameters = [
  ...['architecture', 'width', 'batchSize', 'steps', 'learningRate', 'schedule', 'warmup'],
  ...['dropout', 'normalization', 'weightDecay', 'labelSmoothing', 'averaging'],
  ...['shift', 'rotate', 'scale', 'shear', 'elastic', 'thickness', 'brightness', 'contrast'],
  ...['erase', 'mirror', 'lighting', 'initializer', 'scaling', 'seed'],
  ...['validationInterval', 'validationImages', 'patience', 'keepBest'],
] as const satisfies readonly Hyperparameter[];

/** The hyperparameters in which these recipes are not all alike. */
export function differingHyperparameters(recipes: readonly Recipe[]): Hyperparameter[] {
  return hyperparameters.filter((key) => new Set(recipes.map((recipe) => recipe[key])).size > 1);
}
