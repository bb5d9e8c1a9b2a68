import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isAugmented } from '../../../../domain/augment/strengths.ts';
import type { Recipe } from '../../../../domain/recipe/recipe.ts';
import type { Hyperparameter } from '../../../../domain/recipe/recipeDifference.ts';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import { formatCount, formatExact, formatWidth } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import type { LegendKey } from './selectors.ts';

interface RecipeWords {
  nameOf(key: Hyperparameter): string;
  settingOf(recipe: Recipe, key: Hyperparameter): string;
  /** "0.0001 from step 300": what was set by hand; empty where nothing was. */
  rateChanges(run: Pick<RunRecord, 'rateChanges'>): string;
  /** "dropout 0, weight decay 0.01" */
  differences(recipe: Recipe, keys: readonly LegendKey[]): string;
}

/** How the hyperparameters of a run are said. */
export function useRecipeWords(): RecipeWords {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  return useMemo(() => {
    const nameOf = (key: Hyperparameter) => t(`name.${key}`);
    const settingOf = (recipe: Recipe, key: Hyperparameter) => {
      const value = recipe[key];
      if (typeof value === 'string') return t(`value.${value}`);
      return key === 'width' ? formatWidth(value) : formatExact(value, language);
    };
    const difference = (recipe: Recipe, key: LegendKey) => {
      if (key === 'augmentation') return t(isAugmented(recipe) ? 'augmented' : 'notAugmented');
      return t('setting', { name: nameOf(key), value: settingOf(recipe, key) });
    };
    return {
      nameOf,
      settingOf,
      rateChanges: ({ rateChanges = [] }) =>
        rateChanges
          .map(({ step, learningRate }) =>
            t('rateChange', {
              rate: formatExact(learningRate, language),
              step: formatCount(step, language),
            }),
          )
          .join(t('and')),
      differences: (recipe, keys) => keys.map((key) => difference(recipe, key)).join(t('and')),
    };
  }, [t, language]);
}
