import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isAtRest } from '../../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import type { DrawnFigures } from '../../../../domain/drawing/drawings.ts';
import { Figure } from '../../../components/Figure.tsx';
import { formatCount } from '../../../components/format.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';
import type { TuningOutcome } from './useFineTuning.ts';

/** What a fine-tuning came to, what that is worth, and the way back. */
export function TuningResult({ outcome }: { readonly outcome: TuningOutcome }) {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canGoBack = useWorkbenchState(isAtRest);
  const { before, after, formerId } = outcome;
  const tally = ({ right, total }: DrawnFigures) =>
    t('tally', { right: formatCount(right, language), total: formatCount(total, language) });
  return (
    <div className={classes.result}>
      <div className="wb-figures">
        <Figure label={t('before')} value={tally(before)} />
        <Figure label={t('after')} value={tally(after)} />
      </div>
      <p className={classes.note}>{t('tuned')}</p>
      <Button
        variant="default"
        disabled={!canGoBack}
        onClick={() => attempt(workbench.openRun(formerId))}
      >
        {t('goBack')}
      </Button>
    </div>
  );
}
