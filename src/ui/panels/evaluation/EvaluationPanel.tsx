import { Button, Stack, Text } from '@mantine/core';
import { ClipboardCheck, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasDatasetOfRun } from '../../../app/datasetOfRun.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { AveragingSwitch } from './AveragingSwitch.tsx';
import { EvaluationProgress } from './EvaluationProgress.tsx';
import { EvaluationResults } from './EvaluationResults.tsx';
import { OtherDataset } from './OtherDataset.tsx';
import { Robustness } from './Robustness.tsx';
import { obstacleTo, otherDataset } from './selectors.ts';

/** Tests the network on images that training never saw, and shows where it fails. */
export function EvaluationPanel() {
  const { t } = useTranslation('evaluation');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const evaluation = useWorkbenchState((state) => state.evaluation);
  const obstacle = useWorkbenchState(obstacleTo);
  const isEvaluating = useWorkbenchState(({ phase }) => phase === 'evaluating');
  const isTestingRobustness = useWorkbenchState((state) => state.robustnessProgress !== undefined);
  const isRunning = (isEvaluating && !isTestingRobustness) || evaluation.status === 'running';
  const cannotStart = obstacle !== undefined || isEvaluating || evaluation.status === 'running';
  const other = useWorkbenchState(otherDataset);
  const hasItsDataset = useWorkbenchState(hasDatasetOfRun);
  const [averages, setAverages] = useState(false);
  const hint = obstacle === undefined || obstacle === 'noModel' ? undefined : t(`busy.${obstacle}`);
  const robustness = obstacle !== 'noModel' && <Robustness disabled={cannotStart} />;

  return (
    <Panel
      region="evaluation"
      title={t('title')}
      actions={
        <Button
          leftSection={<ClipboardCheck size={15} aria-hidden />}
          disabled={cannotStart || !hasItsDataset}
          onClick={() => attempt(workbench.evaluate({ tta: averages }))}
        >
          {t('evaluate')}
        </Button>
      }
    >
      <Stack gap="md">
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        {other !== undefined && obstacle === undefined && (
          <OtherDataset
            name={other}
            disabled={cannotStart}
            onEvaluate={() => attempt(workbench.evaluate({ tta: averages, dataset: 'inUse' }))}
          />
        )}
        <AveragingSwitch checked={averages} disabled={cannotStart} onChange={setAverages} />
        {isRunning && (
          <EvaluationProgress
            label={t('progress')}
            done={evaluation.status === 'running' ? evaluation.done : 0}
            total={evaluation.status === 'running' ? evaluation.total : undefined}
          />
        )}
        {evaluation.status === 'done' && (
          <EvaluationResults evaluation={evaluation.evaluation}>{robustness}</EvaluationResults>
        )}
        {evaluation.status === 'none' && !isRunning && (
          <EmptyState icon={FlaskConical}>
            {obstacle === 'noModel' ? t('noModel') : t('intro')}
          </EmptyState>
        )}
        {evaluation.status !== 'done' && robustness}
      </Stack>
    </Panel>
  );
}
