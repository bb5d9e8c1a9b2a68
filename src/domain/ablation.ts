import { improvedRecipe, type Recipe, seedRecipe } from './recipe.ts';

/**
 * An ablation: the tutorial's recipe, then the same with one ingredient of the improved recipe each,
 * then the improved recipe. All have one network, batch, length and seed, so that a difference of the
 * results is the ingredient's.
 */

/**
 * What each ingredient takes over from the improved recipe. A schedule and its highest learning rate
 * belong together: the one was chosen for the other.
 */
const keysOf = {
  geometry: ['shift', 'rotate', 'scale', 'shear'],
  elastic: ['elastic'],
  thickness: ['thickness'],
  schedule: ['schedule', 'learningRate', 'warmup'],
  dropout: ['dropout'],
  weightDecay: ['weightDecay'],
  averaging: ['averaging'],
} as const satisfies Record<string, readonly (keyof Recipe)[]>;

export type Ingredient = keyof typeof keysOf;
export const ingredients = Object.keys(keysOf) as readonly Ingredient[];

export type VariantId = 'seed' | Ingredient | 'improved';
export const variantIds: readonly VariantId[] = ['seed', ...ingredients, 'improved'];

export interface AblationVariant {
  readonly id: VariantId;
  readonly recipe: Recipe;
}

/** What all variants have in common. */
export type AblationFrame = Pick<
  Recipe,
  | 'architecture'
  | 'width'
  | 'batchSize'
  | 'steps'
  | 'seed'
  | 'displayStep'
  | 'validationInterval'
  | 'validationImages'
  | 'checkpointInterval'
>;

export function frameOf(recipe: Recipe): AblationFrame {
  const { architecture, width, batchSize, steps, seed } = recipe;
  const { displayStep, validationInterval, validationImages, checkpointInterval } = recipe;
  return {
    ...{ architecture, width, batchSize, steps, seed },
    ...{ displayStep, validationInterval, validationImages, checkpointInterval },
  };
}

/** The seed recipe, the chosen ingredients one at a time, and all of the improved recipe. */
export function ablationVariants(
  frame: AblationFrame,
  chosen: readonly Ingredient[] = ingredients,
): AblationVariant[] {
  const base: Recipe = { ...seedRecipe, ...frame };
  const single = ingredientsOf(frame)
    .filter((id) => chosen.includes(id))
    .map((id) => ({ id, recipe: { ...base, ...changeOf(id) } }));
  // Each is judged by its last step: none ends early, or keeps weights of another step.
  const { patience, keepBest } = seedRecipe;
  return [
    { id: 'seed', recipe: base },
    ...single,
    { id: 'improved', recipe: { ...improvedRecipe, ...frame, patience, keepBest } },
  ];
}

/** Those that this network can have: only `alexnet` has dropout. */
export function ingredientsOf({
  architecture,
}: Pick<AblationFrame, 'architecture'>): readonly Ingredient[] {
  return ingredients.filter((id) => architecture === 'alexnet' || id !== 'dropout');
}

/** What an ingredient changes of the seed recipe. */
export function changeOf(id: Ingredient): Partial<Recipe> {
  return Object.fromEntries(keysOf[id].map((key) => [key, improvedRecipe[key]]));
}
