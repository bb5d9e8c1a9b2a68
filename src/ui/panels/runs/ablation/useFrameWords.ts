import { useTranslation } from 'react-i18next';
import { type AblationFrame, epochsOf } from '../../../../domain/ablation/ablation.ts';
import { seedRecipe } from '../../../../domain/recipe/recipe.ts';
import { hyperparameters } from '../../../../domain/recipe/recipeDifference.ts';
import { formatCount, formatWidth } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useRecipeWords } from '../compare/useRecipeWords.ts';

/** What has words of its own. */
const named: readonly string[] = ['architecture', 'width', 'batchSize', 'steps', 'seed'];

/** What all rows have in common, for the texts. */
export function useFrameWords(): (
  frame: AblationFrame,
  trainingImages: number,
  seeds: number,
) => Readonly<Record<string, string>> {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const { differences } = useRecipeWords();
  return (frame, trainingImages, seeds) => {
    const { architecture, width, batchSize, seed, steps } = frame;
    const recipe = { ...seedRecipe, ...frame };
    const others = hyperparameters.filter(
      (key) => !named.includes(key) && recipe[key] !== seedRecipe[key],
    );
    const network = t(`network.${architecture}`, { width: formatWidth(width) });
    return {
      network:
        others.length === 0
          ? network
          : t('networkWith', { network, others: differences(recipe, others) }),
      batch: formatCount(batchSize, language),
      steps: formatCount(steps, language),
      epochs: formatEpochs(epochsOf(frame, trainingImages), language),
      seeds: seeds === 1 ? String(seed) : t('seedRange', { first: seed, last: seed + seeds - 1 }),
    };
  };
}

/** 10, 0.9: what is less than one is seen to be so. */
function formatEpochs(epochs: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(epochs);
}
