import { Button, Group, Stack } from '@mantine/core';
import { Download, FolderOpen, FolderTree, Images } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DatasetState } from '../../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { ChooseFiles } from '../../intake/ChooseFiles.tsx';
import { FileField } from '../../intake/FileField.tsx';
import { useFileTarget } from '../../intake/useFileTarget.ts';
import { DatasetProgress } from './DatasetProgress.tsx';
import { DatasetSummaryView } from './DatasetSummaryView.tsx';
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
  const target = useFileTarget({
    ...{ kind: 'dataset', takes: 'several' },
    onFiles: (files) => attempt(workbench.importDataset(files)),
  });
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
      <Stack gap="sm" ref={target.ref}>
        <DatasetContent dataset={dataset} />
        <FileField hint={t('importHint')} isOver={target.isOver}>
          <ChooseFiles
            target={target}
            disabled={!canLoad}
            leftSection={<FolderOpen size={15} aria-hidden />}
          >
            {t('import')}
          </ChooseFiles>
        </FileField>
        <Group gap="xs">
          <ChooseFiles
            target={target}
            folder
            disabled={!canLoad}
            leftSection={<FolderTree size={15} aria-hidden />}
          >
            {t('folder')}
          </ChooseFiles>
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
