import { Button, Group, Stack } from '@mantine/core';
import { Download, Images } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatasetState } from '../../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FileDrop } from '../../components/FileDrop.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { DatasetProgress } from './DatasetProgress.tsx';
import { DatasetSummaryView } from './DatasetSummaryView.tsx';
import { FolderButton } from './FolderButton.tsx';
import { GetAnother } from './GetAnother.tsx';
import { KeptDatasets } from './KeptDatasets.tsx';
import { canLoadDataset } from './selectors.ts';

/** The images that there are, or how to get some. */
export function DatasetPanel() {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const dataset = useWorkbenchState((state) => state.dataset);
  const canLoad = useWorkbenchState(canLoadDataset);
  const isMnist = dataset.status === 'ready' && dataset.summary.name === 'MNIST';
  const take = (files: readonly File[]) => attempt(workbench.importDataset(files));
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || !canLoad) return;
    event.preventDefault();
    // The drawing surface takes what is pasted anywhere else.
    event.nativeEvent.stopImmediatePropagation();
    take(files);
  };
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
            onClick={() => attempt(workbench.loadDataset())}
          >
            {t('load')}
          </Button>
        )
      }
    >
      <Stack gap="sm" onPaste={paste}>
        <DatasetContent dataset={dataset} />
        <FileDrop
          label={t('import')}
          hint={t('importHint')}
          multiple
          disabled={!canLoad}
          onFiles={take}
        />
        <Group gap="xs">
          <FolderButton disabled={!canLoad} onFiles={take} />
          <GetAnother />
        </Group>
        <KeptDatasets />
      </Stack>
    </Panel>
  );
}

function DatasetContent({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useTranslation('dataset');
  switch (dataset.status) {
    case 'absent':
      return <EmptyState icon={Images}>{t('absent')}</EmptyState>;
    case 'loading':
      return <DatasetProgress {...dataset} />;
    case 'ready':
      return <DatasetSummaryView summary={dataset.summary} />;
  }
}
