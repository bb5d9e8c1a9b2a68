import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { useRecipeWords } from './compare/useRecipeWords.ts';
import { furtherChanges, recipeHighlights } from './selectors.ts';

/** What tells a run from the others: its network, what its preset has not, its part in an ablation. */
export function RunHighlights({
  run: { recipe, experiment, hasImportedNetwork },
}: {
  readonly run: RunSummary;
}) {
  const { t } = useTranslation(['runs', 'ablation']);
  const { differences } = useRecipeWords();
  const changes = furtherChanges(recipe);
  const words = [
    ...recipeHighlights(recipe, hasImportedNetwork).map(({ key, params }) => t(key, params)),
    ...(changes.length === 0 ? [] : [differences(recipe, changes)]),
  ];
  return (
    <>
      <Text size="xs" c="dimmed" className="wb-tabular">
        {words.join(' · ')}
      </Text>
      {experiment && (
        <Text size="xs" fw={600}>
          {t('ofAblation', { variant: t(`variant.${experiment.variant}`, { ns: 'ablation' }) })}
        </Text>
      )}
    </>
  );
}
