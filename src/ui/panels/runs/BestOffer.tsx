import { Button } from '@mantine/core';
import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { formatCount } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { canChangeRuns } from './selectors.ts';

/** Where the weights of the lowest validation loss are kept, and are not the last: offers to use them. */
export function BestOffer({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canChange = useWorkbenchState(canChangeRuns);
  const { best } = run;
  if (!best || best.step === run.step) return null;
  return (
    <Button
      variant="default"
      leftSection={<Star size={14} aria-hidden />}
      disabled={!canChange}
      onClick={() => attempt(workbench.openBest(run.id))}
    >
      {t('useBest', { step: formatCount(best.step, language) })}
    </Button>
  );
}
