import type { EngineChoice } from '../../domain/machine/engineReport.ts';
import { recipeFields } from '../../domain/recipe/addressFields.ts';
import { type Recipe, seedRecipe } from '../../domain/recipe/recipe.ts';
import { writeAddress } from '../../domain/recipe/url.ts';

/** What the recipe and the engine are called in the address. Other names are not ours to touch. */
const names = ['recipe', 'engine', ...recipeFields.map(({ name }) => name)];

/**
 * The query in which the recipe and the engine are these ones.
 * @param width the one that the page takes by itself; without it the recipe's is named
 */
export function followed(
  search: string,
  recipe: Recipe,
  engine: EngineChoice,
  width: number | undefined,
): string {
  const query = new URLSearchParams(search);
  for (const name of names) query.delete(name);
  const defaults = { ...seedRecipe, width: width ?? recipe.width };
  const written = new URLSearchParams(writeAddress(recipe, defaults, engine));
  if (width === undefined) written.set('width', String(recipe.width));
  for (const [name, value] of query) written.append(name, value);
  const text = String(written);
  return text && `?${text}`;
}
