import { Button } from '@mantine/core';
import { GraduationCap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { formatCount } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';
import { canScore, TUNING_STEPS } from './selectors.ts';
import { TuningProgress } from './TuningProgress.tsx';
import { TuningResult } from './TuningResult.tsx';
import { useFineTuning } from './useFineTuning.ts';

/** Has a copy of the network learn the drawings. */
export function FineTuning() {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const canTune = useWorkbenchState(canScore);
  const currentId = useWorkbenchState(({ run }) => run?.record.id);
  const { isTuning, outcome, tune, cancel } = useFineTuning();
  return (
    <div className={classes.tuning}>
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<GraduationCap size={16} aria-hidden />}
          disabled={!canTune || isTuning}
          onClick={tune}
        >
          {t('tune')}
        </Button>
      </div>
      {isTuning ? (
        <TuningProgress onCancel={cancel} />
      ) : (
        <p className={classes.note}>
          {t('tuneHint', { steps: formatCount(TUNING_STEPS, language) })}
        </p>
      )}
      {!isTuning && outcome && outcome.tunedId === currentId && <TuningResult outcome={outcome} />}
    </div>
  );
}
