import { Stack, Text } from '@mantine/core';
import { FolderOpen, Weight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatBytes, formatCount } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { ChooseFiles } from '../../intake/ChooseFiles.tsx';
import { FileField } from '../../intake/FileField.tsx';
import { useFileTarget } from '../../intake/useFileTarget.ts';
import { BestOffer } from '../runs/BestOffer.tsx';
import { ExportControls } from './ExportControls.tsx';
import { canImport, modelSize } from './selectors.ts';

/** The model's way out of the browser, and back. */
export function WeightsPanel() {
  const { t } = useTranslation('weights');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const hasModel = useWorkbenchState((state) => state.run !== undefined);
  const mayImport = useWorkbenchState(canImport);
  const target = useFileTarget({
    ...{ kind: 'weights', takes: 'oneModel' },
    onFiles: ([file, other]) => {
      if (file) attempt(workbench.importWeights(file, other));
    },
  });
  return (
    <Panel region="weights" title={t('title')}>
      <Stack gap="sm" ref={target.ref}>
        {hasModel ? <ModelLine /> : <EmptyState icon={Weight}>{t('empty')}</EmptyState>}
        <BestOfCurrent />
        <ExportControls />
        <FileField hint={t('importHint')} isOver={target.isOver}>
          <ChooseFiles
            target={target}
            disabled={!mayImport}
            leftSection={<FolderOpen size={15} aria-hidden />}
          >
            {t('import')}
          </ChooseFiles>
        </FileField>
      </Stack>
    </Panel>
  );
}

/** Where its best weights are not its last ones. */
function BestOfCurrent() {
  const run = useWorkbenchState((state) =>
    state.runs.find(({ id }) => id === state.run?.record.id),
  );
  return run ? <BestOffer run={run} /> : null;
}

/** Which model it is. */
function ModelLine() {
  const { t } = useTranslation('weights');
  const language = useLanguage();
  const record = useWorkbenchState((state) => state.run?.record);
  const step = useWorkbenchState((state) => state.run?.step);
  if (!record || step === undefined) return null;
  const { parameters, bytes } = modelSize(record);
  return (
    <Text size="sm" className="wb-tabular" style={{ overflowWrap: 'anywhere' }}>
      {t('about', {
        name: record.name,
        step: formatCount(step, language),
        parameters: formatCount(parameters, language),
        size: formatBytes(bytes, language),
      })}
    </Text>
  );
}
