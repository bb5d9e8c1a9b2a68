import { Button, Group, Text, Title } from '@mantine/core';
import { Download, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { canStart } from '../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { Workbench } from '../../../app/workbench.ts';
import type { UnreadableRecord } from '../../../domain/runs/unreadable.ts';
import { saveBlob } from '../../components/saveFile.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { phraseWords } from '../../i18n/refusalWords.ts';
import { useDeletion } from '../../notices/useDeletion.tsx';
import classes from './RunCard.module.css';

/** What this browser keeps and this version cannot read: to be taken away as it lies there, or deleted. */
export function UnreadableSection() {
  const { t } = useTranslation('runs');
  const records = useWorkbenchState((state) => state.unreadable);
  if (records.length === 0) return null;
  return (
    <div className="wb-part">
      <Title order={3}>{t('unreadable')}</Title>
      <Text size="sm" maw="62em">
        {t('unreadableHint')}
      </Text>
      <ul className={classes.list}>
        {records.map((record) => (
          <li key={`${record.kind} ${record.id}`}>
            <UnreadableCard record={record} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function UnreadableCard({ record }: { readonly record: UnreadableRecord }) {
  const { t } = useTranslation(['runs', 'phrases']);
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canDelete = useWorkbenchState(canStart(removals[record.kind].command));
  const remove = useDeletion();
  const { kind, id } = record;
  const name = t(`unreadable.${kind}`, { name: record.name ?? id });
  const takeAway = async () => {
    const { name: file, blob } = await workbench.exportUnreadable(kind, id);
    saveBlob(file, blob);
  };
  const removeIt = () => {
    const { remove: hide, restore } = removals[kind];
    remove({
      remove: () => hide(workbench, id),
      said: () => t('removed', { name }),
      restore: () => restore(workbench, id),
    });
  };
  return (
    <article className="wb-card">
      <Text component="h4" fw={600} lh={1.35} m={0} className={classes.name ?? ''}>
        {name}
      </Text>
      <Text size="sm" mt={4} className={classes.name ?? ''}>
        {phraseWords(record.problem, t)}
      </Text>
      <Group gap="xs" mt="xs">
        <Button
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          aria-label={t('exportRawNamed', { name })}
          onClick={() => attempt(takeAway())}
        >
          {t('exportRaw')}
        </Button>
        <Button
          variant="default"
          leftSection={<Trash2 size={15} aria-hidden />}
          aria-label={t('remove', { name })}
          disabled={!canDelete}
          onClick={removeIt}
        >
          {t('delete')}
        </Button>
      </Group>
    </article>
  );
}

/** Each kind is deleted, and brought back, as one that can be read. */
const removals = {
  run: {
    command: 'deleteRun',
    remove: ({ deleteRun }: Workbench, id: string) => deleteRun(id),
    restore: ({ restoreRun }: Workbench, id: string) => restoreRun(id),
  },
  dataset: {
    command: 'deleteDataset',
    remove: ({ deleteDataset }: Workbench, id: string) => deleteDataset(id),
    restore: ({ restoreDataset }: Workbench, id: string) => restoreDataset(id),
  },
  drawing: {
    command: 'deleteDrawings',
    remove: ({ deleteDrawings }: Workbench, id: string) => deleteDrawings([id]),
    restore: ({ restoreDrawings }: Workbench, id: string) => restoreDrawings([id]),
  },
} as const;
