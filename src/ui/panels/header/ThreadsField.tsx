import { Menu, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import type { ThreadReport } from '../../../domain/machine/engineReport.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import classes from './Header.module.css';

interface ThreadsFieldProps {
  readonly threads: ThreadReport;
  readonly disabled: boolean;
}

/** How many of the processor's cores train. */
export function ThreadsField({ threads: { used, available }, disabled }: ThreadsFieldProps) {
  const { t } = useTranslation('header');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const counts = Array.from({ length: available }, (_, i) => i + 1);
  return (
    <>
      <Menu.Divider />
      <div className={classes.threads}>
        <NativeSelect
          size="xs"
          label={t('threads')}
          description={t(available > 1 ? 'threadsNote' : 'oneThreadNote')}
          value={String(used)}
          data={counts.map((count) => ({
            value: String(count),
            label: t('threadsOf', { count, available }),
          }))}
          disabled={disabled || available === 1}
          onChange={({ currentTarget }) =>
            attempt(workbench.selectThreads(Number(currentTarget.value)))
          }
        />
      </div>
    </>
  );
}
