import { Progress, Text } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatCount, formatDuration, formatTime } from '../../components/format.ts';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { epochsOf, firstCheckpoint, keptState } from './selectors.ts';
import classes from './training.module.css';

/** How far the run is, how fast it goes, and what of it is kept. */
export function TrainingProgress() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const run = useWorkbenchState((state) => state.run);
  const isTraining = useWorkbenchState((state) => state.phase === 'training');
  const epochsDone = useWorkbenchState((state) => epochsOf(state)?.done);
  const epochsAll = useWorkbenchState((state) => epochsOf(state)?.all);
  const stepLabel = useMemo(() => <Term word="step">{t('step')}</Term>, [t]);
  const epochLabel = useMemo(() => <Term word="epoch">{t('epoch')}</Term>, [t]);
  if (!run) return null;

  const steps = plannedSteps(run.record);
  const { imagesPerSecond, secondsLeft } = run;
  const count = (value: number) => formatCount(value, language);
  const epochs = (value: number) => new Intl.NumberFormat(language, epochDigits).format(value);
  return (
    <div>
      <Progress
        value={(100 * run.step) / Math.max(1, steps)}
        size="sm"
        aria-label={t('progress')}
        mb={10}
        color="var(--wb-accent)"
      />
      <div className={classes.figures}>
        <Figure
          label={stepLabel}
          value={count(run.step)}
          unit={t('stepOf', { steps: count(steps) })}
        />
        <Figure
          label={epochLabel}
          value={epochsDone === undefined ? t('none') : epochs(epochsDone)}
          {...(epochsAll === undefined
            ? {}
            : { unit: t('epochOf', { epochs: epochs(epochsAll) }) })}
        />
        <Figure
          label={t('imagesPerSecond')}
          value={imagesPerSecond === undefined ? t('none') : count(imagesPerSecond)}
        />
        <Figure
          label={t('timeLeft')}
          value={
            isTraining && secondsLeft !== undefined
              ? formatDuration(secondsLeft, language)
              : t('none')
          }
        />
      </div>
      <KeptText />
    </div>
  );
}

const epochDigits = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;

/** Says that the run is kept, and where. */
const KeptText = memo(function KeptText() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const step = useWorkbenchState(({ run, runs }) => run && keptState(run, runs)?.step);
  const at = useWorkbenchState(({ run, runs }) => run && keptState(run, runs)?.at);
  const first = useWorkbenchState(({ run }) => run && firstCheckpoint(run));
  const words = () => {
    if (step !== undefined && at !== undefined) {
      return t('kept', { step: formatCount(step, language), time: formatTime(at, language) });
    }
    if (first === undefined) return t('notKeptYet');
    return t('notKept', { step: formatCount(first, language) });
  };
  return (
    <Text size="xs" c="dimmed" mt={8} className="wb-tabular">
      {words()}
    </Text>
  );
});
