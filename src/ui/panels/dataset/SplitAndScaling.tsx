import { SimpleGrid } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { scalingKinds } from '../../../domain/recipe/recipe.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { formatCount } from '../../components/format.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { canLoadDataset } from './selectors.ts';

/** How long nothing more is typed until a number is taken for finished. */
const PAUSE_MS = 500;

/** Which of the images train, and how their bytes become inputs. */
export function SplitAndScaling({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canDivide = useWorkbenchState(canLoadDataset);
  const scaling = useWorkbenchState(({ recipe }) => recipe.scaling);
  const { trainCount, validationCount } = summary;
  const images = trainCount + validationCount;
  const most = images - 1;
  const divide = useDebouncedCallback(
    (count: number) => attempt(workbench.divideDataset(count)),
    PAUSE_MS,
  );
  const count = (value: number) => formatCount(value, language);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberField
        label={t('split')}
        description={t('splitNote', { images: count(images), training: count(trainCount) })}
        value={validationCount}
        range={{ min: 1, max: most }}
        whole
        step={1}
        error={t('splitRange', { most: count(most) })}
        disabled={!canDivide}
        onCommit={divide}
      />
      <ChoiceField
        label={t('scalingChoice')}
        description={t('scalingFit')}
        value={scaling}
        choices={scalingKinds.map((value) => ({ value, label: t(`scalingChoice.${value}`) }))}
        onChoose={(kind) => workbench.setRecipe({ scaling: kind })}
      />
    </SimpleGrid>
  );
}
