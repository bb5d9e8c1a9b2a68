import { Button, Progress, Stack, Text } from '@mantine/core';
import { Download, Images } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DatasetState } from '../../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FileDrop } from '../../components/FileDrop.tsx';
import { formatBytes } from '../../components/format.ts';
import { ignoreRefusal } from '../../components/ignoreRefusal.ts';
import { Panel } from '../../components/Panel.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { DatasetSummaryView } from './DatasetSummaryView.tsx';
import { canLoadDataset, loadedShare } from './selectors.ts';

/** The images that there are, or how to get some. */
export function DatasetPanel() {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const dataset = useWorkbenchState((state) => state.dataset);
  const canLoad = useWorkbenchState(canLoadDataset);
  const isMnist = dataset.status === 'ready' && dataset.summary.name === 'MNIST';
  return (
    <Panel
      region="dataset"
      title={t('title')}
      actions={
        !isMnist && (
          <Button
            variant="default"
            disabled={!canLoad}
            leftSection={<Download size={15} aria-hidden />}
            onClick={() => ignoreRefusal(workbench.loadDataset())}
          >
            {t('load')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <DatasetContent dataset={dataset} />
        <FileDrop
          label={t('import')}
          hint={t('importHint')}
          multiple
          disabled={!canLoad}
          onFiles={(files) => ignoreRefusal(workbench.importDataset(files))}
        />
      </Stack>
    </Panel>
  );
}

function DatasetContent({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  switch (dataset.status) {
    case 'absent':
      return <EmptyState icon={Images}>{t('absent')}</EmptyState>;
    case 'loading': {
      const { loadedBytes, totalBytes } = dataset;
      const progress = t('progress', {
        loaded: formatBytes(loadedBytes, language),
        total: formatBytes(totalBytes, language),
      });
      return (
        <div>
          <Text size="sm" mb={6} className="wb-tabular">
            {t('loading')} · {progress}
          </Text>
          <Progress.Root size="sm">
            <Progress.Section
              value={100 * loadedShare(loadedBytes, totalBytes)}
              aria-label={t('loading')}
            />
          </Progress.Root>
        </div>
      );
    }
    case 'ready':
      return <DatasetSummaryView summary={dataset.summary} />;
  }
}
