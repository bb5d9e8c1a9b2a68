import { strengthsOf } from './augment/strengths.ts';
import { improvedRecipe, type Recipe, seedRecipe } from './recipe.ts';

/**
 * An ablation: the tutorial's recipe, then the same with one ingredient of the improved recipe each,
 * then the improved recipe. All have one network, batch, length and seed, so that a difference of the
 * results is the ingredient's.
 */
export const ingredients = [
  'augmentation',
  'dropout',
  'weightDecay',
  'labelSmoothing',
  'schedule',
  'averaging',
  'normalization',
] as const;
export type Ingredient = (typeof ingredients)[number];

export const variantIds = ['seed', ...ingredients, 'improved'] as const;
export type VariantId = (typeof variantIds)[number];

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
  return [
    { id: 'seed', recipe: base },
    ...single,
    { id: 'improved', recipe: { ...improvedRecipe, ...frame } },
  ];
}

/** Those that this network can have: only `alexnet` has dropout and normalisation. */
export function ingredientsOf({
  architecture,
}: Pick<AblationFrame, 'architecture'>): readonly Ingredient[] {
  const ofAlexnet: readonly Ingredient[] = ['dropout', 'normalization'];
  return ingredients.filter((id) => architecture === 'alexnet' || !ofAlexnet.includes(id));
}

/** Without dropout and without LRN; the rest as the improved recipe has it. */
function changeOf(id: Ingredient): Partial<Recipe> {
  switch (id) {
    case 'augmentation':
      return strengthsOf(improvedRecipe);
    case 'dropout':
      return { dropout: 0 };
    case 'normalization':
      return { normalization: 'none' };
    default:
      return { [id]: improvedRecipe[id] };
  }
}
