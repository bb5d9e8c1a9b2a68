import { Button, Group } from '@mantine/core';
import { Download, GitCompareArrows, Pause, Play, RotateCcw, Square, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { ablationCsv } from '../../../../domain/ablation/ablationCsv.ts';
import { type AblationQueue, runOfRow } from '../../../../domain/ablation/ablationQueue.ts';
import { MOST_OVERLAID } from '../../../charts/runColors.ts';
import { saveFile } from '../../../components/saveFile.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useDeletion } from '../../../notices/useDeletion.tsx';
import { AblationProgressLine } from './AblationProgressLine.tsx';
import { canRunAblation, isActive, progressOf } from './selectors.ts';

interface AblationControlsProps {
  readonly queue: AblationQueue;
  readonly onCompare: (ids: readonly string[]) => void;
}

/** How far the queue is, and what can be done with it. */
export function AblationControls({ queue, onCompare }: AblationControlsProps) {
  const { t } = useTranslation('ablation');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const remove = useDeletion();
  const phase = useWorkbenchState((state) => state.phase);
  const run = useWorkbenchState((state) => state.run);
  const canRun = useWorkbenchState(canRunAblation);
  const progress = progressOf(queue, { phase, run });
  const isResting = progress.kind === 'paused' || progress.kind === 'stopped';
  return (
    <>
      <AblationProgressLine progress={progress} />
      <Group gap="xs">
        {isActive(progress) && (
          <Button
            variant="default"
            leftSection={<Pause size={15} aria-hidden />}
            onClick={() => attempt(workbench.pauseAblation())}
          >
            {t('pause')}
          </Button>
        )}
        {isResting && progress.isOpen && (
          <Button
            leftSection={<Play size={15} aria-hidden />}
            disabled={!canRun}
            onClick={() => attempt(workbench.continueAblation())}
          >
            {t('continue')}
          </Button>
        )}
        {isResting &&
          progress.failed > 0 &&
          !(progress.kind === 'paused' && phase === 'paused') && (
            <Button
              variant={progress.isOpen ? 'default' : 'filled'}
              leftSection={<RotateCcw size={15} aria-hidden />}
              disabled={!canRun}
              onClick={() => attempt(workbench.retryAblation())}
            >
              {t('retry')}
            </Button>
          )}
        {(isActive(progress) || progress.kind === 'paused') && (
          <Button
            variant="default"
            leftSection={<Square size={15} aria-hidden />}
            onClick={() => attempt(workbench.cancelAblation())}
          >
            {t('stop')}
          </Button>
        )}
        <ResultActions queue={queue} onCompare={onCompare} />
        {(progress.kind === 'stopped' || progress.kind === 'finished') && (
          <Button
            variant="default"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() =>
              remove({
                remove: async () => workbench.clearAblation(),
                said: () => t('cleared'),
                restore: () => workbench.restoreAblation(queue),
              })
            }
          >
            {t('clear')}
          </Button>
        )}
      </Group>
    </>
  );
}

/** What can be done with the rows that are through. */
function ResultActions({ queue, onCompare }: AblationControlsProps) {
  const { t } = useTranslation('ablation');
  const runs = useWorkbenchState((state) => state.runs);
  const done = queue.rows.filter(({ status }) => status === 'done');
  const kept = done.flatMap((row) => runOfRow(runs, queue, row)?.id ?? []);
  const saveCsv = () => {
    const bytes = new TextEncoder().encode(ablationCsv(queue));
    saveFile({ name: 'ablation.csv', mimeType: 'text/csv', bytes });
  };
  return (
    <>
      {kept.length > 1 && (
        <Button
          variant="default"
          leftSection={<GitCompareArrows size={15} aria-hidden />}
          onClick={() => onCompare(kept.slice(0, MOST_OVERLAID))}
        >
          {t('compare')}
        </Button>
      )}
      {done.length > 0 && (
        <Button
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          aria-label={t('saveCsvLong')}
          title={t('saveCsvLong')}
          onClick={saveCsv}
        >
          {t('saveCsv')}
        </Button>
      )}
    </>
  );
}
