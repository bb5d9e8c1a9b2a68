import { ActionIcon, Button, Checkbox, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { formatCount, formatDate } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useDeletion } from '../../notices/useDeletion.tsx';
import { RunDrawnScore } from '../draw/personal/RunDrawnScore.tsx';
import { BestOffer } from './BestOffer.tsx';
import classes from './RunCard.module.css';
import { RunFigures } from './RunFigures.tsx';
import { RunHighlights } from './RunHighlights.tsx';
import { RunMistakes } from './RunMistakes.tsx';
import { RunNameForm } from './RunNameForm.tsx';
import { shownStatus, shownStep } from './selectors.ts';

interface RunCardProps {
  readonly run: RunSummary;
  /** Its model is the one in memory. */
  readonly isCurrent: boolean;
  /** Whether runs may be opened and deleted now. */
  readonly canChange: boolean;
  readonly isCompared: boolean;
  /** Undefined where no further run can be compared. */
  readonly onCompare: ((isCompared: boolean) => void) | undefined;
}

/** One run: what it was, how far it came, and what can be done with it. */
export function RunCard(props: RunCardProps) {
  const { run, isCurrent, canChange, isCompared, onCompare } = props;
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const remove = useDeletion();
  const [isRenaming, renaming] = useDisclosure(false);
  const { id, name, engine, updatedAt } = run;
  const rename = (newName: string) => {
    renaming.close();
    if (newName !== name) attempt(workbench.renameRun(id, newName));
  };
  const removeRun = () =>
    remove({
      remove: () => workbench.deleteRun(id),
      said: () => t('removed', { name }),
      restore: () => workbench.restoreRun(id),
    });
  return (
    <article className="wb-card" data-current={isCurrent || undefined}>
      {isRenaming ? (
        <RunNameForm name={name} onSave={rename} onCancel={renaming.close} />
      ) : (
        <div className={classes.head}>
          <Text component="h3" fw={600} lh={1.35} m={0} className={classes.name ?? ''}>
            {name}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('rename', { name })}
            onClick={renaming.open}
          >
            <Pencil size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={!canChange}
            aria-label={t('remove', { name })}
            onClick={removeRun}
          >
            <Trash2 size={15} aria-hidden />
          </ActionIcon>
        </div>
      )}
      <HowFar run={run} isCurrent={isCurrent} />
      <RunHighlights run={run} />
      <Text size="xs" c="dimmed" className="wb-tabular">
        {`${formatDate(updatedAt, language)} · ${engine}`}
      </Text>
      <RunDrawnScore score={run.drawnScore} step={run.step} />
      <div className={classes.foot}>
        <RunFigures run={run} />
        <Checkbox
          size="xs"
          label={t('compare')}
          aria-label={t('compareNamed', { name })}
          checked={isCompared}
          disabled={!onCompare}
          onChange={(event) => onCompare?.(event.currentTarget.checked)}
        />
        {isCurrent ? (
          <Text size="xs" c="var(--wb-accent)" fw={600}>
            {t('current')}
          </Text>
        ) : (
          <Button
            variant="default"
            disabled={!canChange}
            aria-label={t('openNamed', { name })}
            onClick={() => attempt(workbench.openRun(id))}
          >
            {t('open')}
          </Button>
        )}
      </div>
      <BestOffer run={run} />
      <RunMistakes run={run} />
    </article>
  );
}

/** Moves with the steps of the run that trains. */
function HowFar({ run, isCurrent }: Pick<RunCardProps, 'run' | 'isCurrent'>) {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const step = useWorkbenchState((state) => shownStep(state, run));
  const isTraining = useWorkbenchState(({ phase }) => phase === 'training');
  const steps = t('steps', {
    step: formatCount(step, language),
    steps: formatCount(Math.max(step, run.steps), language),
  });
  return (
    <Text size="xs" className="wb-tabular">
      {`${t(`status.${shownStatus(run, isCurrent && isTraining)}`)} · ${steps}`}
    </Text>
  );
}
