import { Button, Progress } from '@mantine/core';
import { Target } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { canStart } from '../../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { formatCount } from '../../../components/format.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';
import { canScore } from './selectors.ts';

/** Scores the model in memory, or every run that is kept. */
export function ScoreButtons() {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canScoreOne = useWorkbenchState(canScore);
  const canScoreAll = useWorkbenchState(
    (state) => canStart('scoreRuns')(state) && state.runs.length > 0 && state.drawings.length > 0,
  );
  const progress = useWorkbenchState((state) => state.scoring);
  if (progress) {
    const { done, total } = progress;
    const words = t('scoring', {
      done: formatCount(done, language),
      total: formatCount(total, language),
    });
    return (
      <div className={classes.progress}>
        <Progress
          size="sm"
          color="var(--wb-accent)"
          value={(100 * done) / total}
          aria-label={words}
        />
        <span className={classes.note}>{words}</span>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('cancelScoring')}
          onClick={() => attempt(workbench.cancelEvaluation())}
        >
          {t('cancel')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        leftSection={<Target size={15} aria-hidden />}
        disabled={!canScoreOne}
        onClick={() => attempt(workbench.scoreDrawings())}
      >
        {t('score')}
      </Button>
      <Button
        variant="default"
        disabled={!canScoreAll}
        onClick={() => attempt(workbench.scoreRuns())}
      >
        {t('scoreAll')}
      </Button>
    </div>
  );
}
