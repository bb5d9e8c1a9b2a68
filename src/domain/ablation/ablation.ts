import { hasDropout } from '../architecture/architecture.ts';
import { defaultValidationCount } from '../data/split.ts';
import { improvedRecipe, type Recipe, seedRecipe } from '../recipe/recipe.ts';

/**
 * An ablation: the tutorial's recipe, then the same with one ingredient of the improved recipe each,
 * then the improved recipe. All else is the same in all of them, and each is trained from several
 * seeds, so that a difference of the results is the ingredient's, or can be told from chance.
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

/**
 * The controls that are not taken from the recipe: those that the ingredients own; its preset's name;
 * and what would end a run early or keep weights of another step, for each is judged by its last.
 */
export const notOfFrame = [
  ...(['preset', 'patience', 'keepBest'] as const),
  ...Object.values(keysOf).flat(),
] as const;

/** What all variants have in common: all else, so that a control to come is in it from the start. */
export type AblationFrame = Omit<Recipe, (typeof notOfFrame)[number]>;

export function frameOf(recipe: Recipe): AblationFrame {
  const frame: Partial<Recipe> & AblationFrame = { ...recipe };
  for (const key of notOfFrame) delete frame[key];
  return frame;
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
  return ingredients.filter((id) => hasDropout(architecture) || id !== 'dropout');
}

/** What an ingredient changes of the seed recipe. */
export function changeOf(id: Ingredient): Partial<Recipe> {
  return Object.fromEntries(keysOf[id].map((key) => [key, improvedRecipe[key]]));
}

/**
 * Few images seen often: `seed` learns them by heart, as its gap shows (docs/ablation.md has the
 * measurement), and a table takes minutes.
 */
export const usualAblation = { steps: 500, trainingImages: 5000, seeds: 3 } as const;

/** The usual number of images to train on, where there are more than as many as train by default. */
export function usualTrainingImages(labelled: number): number {
  return Math.min(usualAblation.trainingImages, labelled - defaultValidationCount(labelled));
}

const SEEDS = 2 ** 32;

/** So many, counted on from the first. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % SEEDS);
}

/** How often each image is seen. */
export function epochsOf(
  { steps, batchSize }: Pick<AblationFrame, 'steps' | 'batchSize'>,
  trainingImages: number,
): number {
  return (steps * batchSize) / trainingImages;
}

/** In fewer, nothing can be learned by heart, and the gap has nothing to show. */
export const FEWEST_EPOCHS = 3;
