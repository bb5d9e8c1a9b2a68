import type { WorkbenchState } from '../../../app/state.ts';
import { hasNormalization } from '../../../domain/architecture/architecture.ts';
import { strengthsOf } from '../../../domain/augment/strengths.ts';
import {
  type PresetId,
  presets,
  type Recipe,
  widthOfPreset,
} from '../../../domain/recipe/recipe.ts';
import { type ChoiceKey, type GroupName, groups, type RecipeKey } from './controls.ts';

/** Where the recipe says something else than its preset. The width follows the machine. */
export function changedKeys(recipe: Recipe): readonly RecipeKey[] {
  const preset = presets[recipe.preset];
  return Object.values(groups)
    .flat()
    .filter((key) => recipe[key] !== preset[key]);
}

/** How many of a group's controls say something else than the preset. */
export function changedIn(group: GroupName, recipe: Recipe): number {
  const keys: readonly RecipeKey[] = groups[group];
  return changedKeys(recipe).filter((key) => keys.includes(key)).length;
}

/** The changes that lead to a preset; its width, where it has one of its own, comes with it. */
export function presetChanges(id: PresetId): Partial<Recipe> {
  const { width, ...preset } = presets[id];
  return widthOfPreset(id) === undefined ? preset : { ...preset, width };
}

/** In how many ways the recipe varies images. */
export function waysOfVarying(recipe: Recipe): number {
  return Object.values(strengthsOf(recipe)).filter((value) => value === 'on' || value > 0).length;
}

/** Controls that have no effect as things are, and why. */
export type Idle = 'greyImages' | 'noNormalization';

export function idleBecause(key: RecipeKey, { recipe, dataset }: WorkbenchState): Idle | undefined {
  if (key === 'normalization' && !hasNormalization(recipe.architecture)) return 'noNormalization';
  const isGrey = dataset.status === 'ready' && dataset.summary.shape.channels === 1;
  return key === 'lighting' && isGrey ? 'greyImages' : undefined;
}

/** The text that explains a choice, or what is chosen where that asks for a word of its own. */
export function noteOf(
  key: ChoiceKey,
  recipe: Recipe,
): `${ChoiceKey}.note` | 'normalization.batch.note' {
  const isBatch = key === 'normalization' && recipe.normalization === 'batch';
  return isBatch ? 'normalization.batch.note' : `${key}.note`;
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
