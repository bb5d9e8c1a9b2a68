import { Button, Stack, Text } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { formatCompact, formatCount } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { AdvancedControls } from './AdvancedControls.tsx';
import { BasicControls } from './BasicControls.tsx';
import { changedKeys, planOf, recipeHold, resetChanges } from './selectors.ts';

/** Everything that decides the next run. */
export function RecipePanel() {
  const { t } = useTranslation('recipe');
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const hold = useWorkbenchState(recipeHold);
  const disabled = hold === 'locked';
  return (
    <Panel
      region="recipe"
      title={t('title')}
      actions={
        changedKeys(recipe).length > 0 && (
          <Button
            variant="subtle"
            disabled={disabled}
            leftSection={<RotateCcw size={14} aria-hidden />}
            onClick={() => workbench.setRecipe(resetChanges(recipe))}
          >
            {t('reset')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {hold === undefined ? t('lead') : t(hold)}
        </Text>
        <BasicControls disabled={disabled} />
        <PlanLine />
        <AdvancedControls disabled={disabled} />
      </Stack>
    </Panel>
  );
}

/** What the numbers come to. */
function PlanLine() {
  const { t } = useTranslation('recipe');
  const language = useLanguage();
  const { steps, batchSize } = useWorkbenchState((state) => state.recipe);
  const trainCount = useWorkbenchState((state) => planOf(state)?.images);
  const epochs = useWorkbenchState((state) => planOf(state)?.epochs);
  if (trainCount === undefined || epochs === undefined) return null;
  return (
    <Text size="sm" className="wb-tabular">
      {t('plan', {
        steps: formatCount(steps, language),
        batch: formatCount(batchSize, language),
        epochs: formatCompact(epochs, language),
        images: formatCount(trainCount, language),
      })}
    </Text>
  );
}
