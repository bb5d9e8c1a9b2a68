import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { describeNetwork, estimateTrainingMemory } from '../../../domain/shapes.ts';
import { formatCount, formatShape, formatWidth } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { LayerTable } from './LayerTable.tsx';
import { MemoryEstimateView } from './MemoryEstimateView.tsx';
import { shownArchitecture, type View } from './selectors.ts';

/** The network layer by layer, beside two that it comes from. */
export function ArchitecturePanel() {
  const { t } = useTranslation('architecture');
  const language = useLanguage();
  const [view, setView] = useState<View>('recipe');
  const recipe = useWorkbenchState((state) => state.recipe);
  const dataset = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
  const architecture = useMemo(
    () => shownArchitecture(view, recipe, dataset),
    [view, recipe, dataset],
  );
  const network = useMemo(() => describeNetwork(architecture), [architecture]);
  const { id, input, classes } = architecture;
  return (
    <Panel region="architecture" title={t('title')}>
      <Stack gap="sm">
        <SegmentedControl<View>
          size="xs"
          fullWidth
          aria-label={t('view')}
          value={view}
          onChange={setView}
          data={[
            { value: 'recipe', label: t('view.recipe') },
            { value: 'lenet5', label: t('view.lenet5') },
            { value: 'original', label: t('view.original') },
          ]}
        />
        <Text size="sm" c="dimmed">
          {t(`about.${id}`, {
            input: formatShape([input.height, input.width, input.channels]),
            classes: formatCount(classes, language),
            width: formatWidth(recipe.width),
          })}
        </Text>
        <LayerTable network={network} />
        <Text size="xs" c="dimmed">
          {t('perImage')}
        </Text>
        {network.statistics > 0 && (
          <Text size="xs" c="dimmed">
            {t('statistics', { numbers: formatCount(network.statistics, language) })}
          </Text>
        )}
        <MemoryEstimateView
          estimate={estimateTrainingMemory(network, recipe.batchSize)}
          batchSize={recipe.batchSize}
        />
      </Stack>
    </Panel>
  );
}
