import { Button, Group, Text, Title } from '@mantine/core';
import { Download, ShieldCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canStart } from '../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatBytes, formatCount } from '../../components/format.ts';
import { saveBlob } from '../../components/saveFile.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useDeletion } from '../../notices/useDeletion.tsx';
import classes from './StorageSection.module.css';
import { canChangeRuns, storedBytesOf } from './selectors.ts';

/** How much all runs take of what the browser allows, whether it keeps them, and what to do with them. */
export function StorageSection() {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const runs = useWorkbenchState((state) => state.runs);
  const storage = useWorkbenchState((state) => state.storage);
  if (!storage) return null;
  const { usedBytes, allowedBytes, persistent } = storage;
  return (
    <div className="wb-part">
      <Title order={3}>{t('storage')}</Title>
      <div className="wb-figures">
        <Figure
          label={t('allRuns', { total: formatCount(runs.length, language) })}
          value={formatBytes(storedBytesOf(runs), language)}
        />
        <Figure label={t('used')} value={formatBytes(usedBytes, language)} />
        <Figure label={t('allowed')} value={formatBytes(allowedBytes, language)} />
      </div>
      {persistent ? (
        <Text size="xs" c="dimmed">
          {t('persistent')}
        </Text>
      ) : (
        <AskToKeep />
      )}
      {runs.length > 0 && <AllRuns />}
    </div>
  );
}

/** The browser may clear what is stored, unless it is asked not to. */
function AskToKeep() {
  const { t } = useTranslation('runs');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const [isRefused, setIsRefused] = useState(false);
  const ask = async () => setIsRefused(!(await workbench.keepStorage()));
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {t(isRefused ? 'notKept' : 'evictable')}
      </Text>
      <Button
        variant="default"
        className={classes.start ?? ''}
        leftSection={<ShieldCheck size={15} aria-hidden />}
        onClick={() => attempt(ask())}
      >
        {t('keep')}
      </Button>
    </>
  );
}

/** Takes all runs away as one file, or deletes them. */
function AllRuns() {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canChange = useWorkbenchState(canChangeRuns);
  const canExport = useWorkbenchState(canStart('exportRuns'));
  const progress = useWorkbenchState((state) => state.runsExport);
  const remove = useDeletion();
  const isExporting = progress !== undefined;
  const deleteAll = () =>
    remove({
      remove: workbench.deleteAllRuns,
      said: ({ length }) => (length > 0 ? t('removedAll', { total: length }) : undefined),
      restore: workbench.restoreRuns,
    });
  const exportAll = async () => {
    const { name, blob } = await workbench.exportRuns();
    saveBlob(name, blob);
  };
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          disabled={!canExport}
          loading={isExporting}
          onClick={() => attempt(exportAll())}
        >
          {t('exportAll')}
        </Button>
        <Button
          variant="default"
          leftSection={<Trash2 size={15} aria-hidden />}
          disabled={!canChange || isExporting}
          onClick={deleteAll}
        >
          {t('deleteAll')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" className="wb-tabular" role="status">
        {progress
          ? t('exporting', {
              done: formatCount(progress.done, language),
              total: formatCount(progress.total, language),
            })
          : t('exportAllHint')}
      </Text>
    </>
  );
}
