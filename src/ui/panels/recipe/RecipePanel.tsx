import { Button, Stack, Text } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { formatCompact, formatCount } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { Augmentation } from './Augmentation.tsx';
import { BasicControls } from './BasicControls.tsx';
import { ChoiceControl } from './ChoiceControl.tsx';
import { advancedNumbers, regularisationNumbers } from './controls.ts';
import { NumberControls } from './NumberControls.tsx';
import { PresetControl } from './PresetControl.tsx';
import { RecipeGroup } from './RecipeGroup.tsx';
import { Schedule } from './Schedule.tsx';
import { changedKeys, planOf, presetChanges, recipeHold, waysOfVarying } from './selectors.ts';

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
            onClick={() => workbench.setRecipe(presetChanges(recipe.preset))}
          >
            {t('reset')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(hold ?? 'lead')}
        </Text>
        <PresetControl disabled={disabled} />
        <BasicControls disabled={disabled} />
        <PlanLine />
        <RecipeGroups disabled={disabled} />
      </Stack>
    </Panel>
  );
}

function RecipeGroups({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('recipe');
  const ways = useWorkbenchState(({ recipe }) => waysOfVarying(recipe));
  const schedule = useWorkbenchState(({ recipe }) => recipe.schedule);
  return (
    <>
      <RecipeGroup
        name="augmentation"
        summary={ways === 0 ? t('noWays') : t('ways', { count: ways })}
        opened={ways > 0}
      >
        {(isOpen) => <Augmentation isOpen={isOpen} disabled={disabled} />}
      </RecipeGroup>
      <RecipeGroup name="regularisation">
        {() => (
          <>
            <NumberControls controls={regularisationNumbers} disabled={disabled} />
            <ChoiceControl name="normalization" disabled={disabled} />
            <ChoiceControl name="keepBest" disabled={disabled} />
          </>
        )}
      </RecipeGroup>
      <RecipeGroup name="schedule" summary={t(`schedule.${schedule}`)}>
        {() => <Schedule disabled={disabled} />}
      </RecipeGroup>
      <RecipeGroup name="advanced">
        {() => (
          <>
            <ChoiceControl name="initializer" disabled={disabled} />
            <ChoiceControl name="scaling" disabled={disabled} />
            <NumberControls controls={advancedNumbers} disabled={disabled} />
          </>
        )}
      </RecipeGroup>
    </>
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
