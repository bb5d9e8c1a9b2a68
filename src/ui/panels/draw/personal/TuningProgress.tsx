import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { plannedSteps } from '../../../../domain/runs/run.ts';
import { formatCount } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';

/** How far the fine-tuning is, and a way out. */
export function TuningProgress({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const isTraining = useWorkbenchState(({ phase }) => phase === 'training');
  const step = useWorkbenchState(({ run }) => run?.step ?? 0);
  const steps = useWorkbenchState(({ run }) => (run ? plannedSteps(run.record) : 1));
  return (
    <div className={classes.progress}>
      <Progress
        size="sm"
        color="var(--wb-accent)"
        value={isTraining ? (100 * step) / steps : 0}
        aria-label={t('tuneProgress')}
      />
      <span className={classes.note}>
        {isTraining
          ? t('tuneStep', {
              step: formatCount(step, language),
              steps: formatCount(steps, language),
            })
          : t('tunePreparing')}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        disabled={!isTraining}
        aria-label={t('cancelTuning')}
        onClick={onCancel}
      >
        {t('cancel')}
      </Button>
    </div>
  );
}
