import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { describeNetwork, estimateTrainingMemory } from '../../../domain/architecture/shapes.ts';
import { formatCount, formatShape, formatWidth } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { LayerTable } from './LayerTable.tsx';
import { MemoryEstimateView } from './MemoryEstimateView.tsx';
import { recipeDiffers, shownNetwork, type View } from './selectors.ts';

/** The network in memory layer by layer, or what the recipe would make, beside two that it comes from. */
export function ArchitecturePanel() {
  const { t } = useTranslation('architecture');
  const language = useLanguage();
  const [chosen, setChosen] = useState<View>('own');
  const recipe = useWorkbenchState((state) => state.recipe);
  const dataset = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
  const run = useWorkbenchState((state) => state.run?.record);
  const differs = useMemo(() => recipeDiffers({ run, recipe, dataset }), [run, recipe, dataset]);
  const view = chosen === 'recipe' && !differs ? 'own' : chosen;
  const { architecture, recipe: made } = useMemo(
    () => shownNetwork(view, { run, recipe, dataset }),
    [view, run, recipe, dataset],
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
          onChange={setChosen}
          data={[
            { value: 'own', label: t('view.own') },
            ...(differs ? [{ value: 'recipe' as const, label: t('view.recipe') }] : []),
            { value: 'lenet5', label: t('view.lenet5') },
            { value: 'original', label: t('view.original') },
          ]}
        />
        <Text size="sm" c="dimmed">
          {t(`about.${id}`, {
            input: formatShape([input.height, input.width, input.channels]),
            classes: formatCount(classes, language),
            width: formatWidth(made.width),
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
          estimate={estimateTrainingMemory(network, made.batchSize)}
          batchSize={made.batchSize}
        />
      </Stack>
    </Panel>
  );
}
