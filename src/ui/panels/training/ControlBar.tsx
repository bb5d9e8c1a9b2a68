import { Button, Group, Text } from '@mantine/core';
import { Pause, Play, Square, StepForward } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canBringDatasetOfRun, hasDatasetOfRun } from '../../../app/datasetOfRun.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { isSetOf } from '../../../domain/data/datasetIdentity.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import { formatCount } from '../../components/format.ts';
import { Sentences } from '../../components/Sentences.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { busyWith, situationOf } from './selectors.ts';
import { TrainOn } from './TrainOn.tsx';

/** Train, Pause, Resume and Stop: those that make sense now, and a sentence that says why. */
export function ControlBar() {
  const { t } = useTranslation('training');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const situation = useWorkbenchState(situationOf);
  const busy = useWorkbenchState(busyWith);
  const runId = useWorkbenchState(({ run }) => run?.record.id);
  const [ending, setEnding] = useState<'pause' | 'stop'>();

  const end = (command: 'pause' | 'stop') => {
    setEnding(command);
    attempt(workbench[command]().finally(() => setEnding(undefined)));
  };
  const isBusy = busy !== undefined;
  const hasItsDataset = useWorkbenchState(hasDatasetOfRun);
  const canGoOn = situation === 'paused' || situation === 'unfinished';
  const isComplete = situation === 'complete' || situation === 'imported';

  return (
    <div>
      <Group gap="xs" className="wb-screen-only">
        {situation === 'running' && (
          <Button
            size="md"
            leftSection={<Pause size={17} aria-hidden />}
            loading={ending === 'pause'}
            disabled={ending === 'stop'}
            onClick={() => end('pause')}
          >
            {t('pause')}
          </Button>
        )}
        {canGoOn && (
          <Button
            size="md"
            leftSection={<StepForward size={17} aria-hidden />}
            disabled={isBusy || ending !== undefined || !hasItsDataset}
            onClick={() => attempt(workbench.resume())}
          >
            {t('resume')}
          </Button>
        )}
        {(situation === 'running' || situation === 'paused') && (
          <Button
            size="md"
            variant="default"
            leftSection={<Square size={15} aria-hidden />}
            loading={ending === 'stop'}
            disabled={isBusy || ending === 'pause'}
            onClick={() => end('stop')}
          >
            {t('stop')}
          </Button>
        )}
        {situation !== 'running' && (
          <Button
            size="md"
            variant={canGoOn ? 'default' : 'filled'}
            leftSection={<Play size={17} aria-hidden />}
            disabled={isBusy || ending !== undefined}
            onClick={() => attempt(workbench.train())}
          >
            {t('train')}
          </Button>
        )}
        {isComplete && <TrainOn key={runId} disabled={isBusy || !hasItsDataset} />}
      </Group>
      <SituationText />
    </div>
  );
}

function SituationText() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const preparation = useWorkbenchState((state) => state.preparation);
  const situation = useWorkbenchState(situationOf);
  const busy = useWorkbenchState(busyWith);
  const step = useWorkbenchState(({ run }) => run?.step ?? 0);
  const steps = useWorkbenchState(({ run }) => (run ? plannedSteps(run.record) : 0));
  const own = useWorkbenchState(({ run }) => run?.record.datasetName);
  const isHere = useWorkbenchState(canBringDatasetOfRun);
  const isOfSetInUse = useWorkbenchState(({ run, dataset }) =>
    run && dataset.status === 'ready' ? isSetOf(run.record, dataset.summary) : undefined,
  );
  const words = () => {
    if (busy) return t(`busy.${busy}`);
    if (preparation) {
      const { stage, done, total } = preparation;
      return t(`preparing.${stage}`, { done, total });
    }
    const said = t(`situation.${situation}`, {
      step: formatCount(step, language),
      steps: formatCount(steps, language),
    });
    if (isOfSetInUse !== false || situation === 'running') return said;
    return <Sentences all={[said, t(isHere ? 'otherInUse' : 'ownIsGone', { own })]} />;
  };
  return (
    <Text size="sm" c="dimmed" mt={8} className="wb-tabular">
      {words()}
    </Text>
  );
}
