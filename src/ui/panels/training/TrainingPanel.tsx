import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { ControlBar } from './ControlBar.tsx';
import { LearningRateNow } from './LearningRateNow.tsx';
import { LinkQuestion } from './LinkQuestion.tsx';
import { NotifyOffer } from './NotifyOffer.tsx';
import { RunOnPaper } from './RunOnPaper.tsx';
import { TrainingCurves } from './TrainingCurves.tsx';
import { TrainingLog } from './TrainingLog.tsx';
import { TrainingProgress } from './TrainingProgress.tsx';

/** Starts and steers a run, and shows how it learns. */
export function TrainingPanel() {
  const { t } = useTranslation('training');
  return (
    <Panel region="training" title={t('title')}>
      <Stack gap="md">
        <RunOnPaper />
        <LinkQuestion />
        <ControlBar />
        <LearningRateNow />
        <TrainingProgress />
        <NotifyOffer />
        <TrainingCurves />
        <TrainingLog />
      </Stack>
    </Panel>
  );
}
