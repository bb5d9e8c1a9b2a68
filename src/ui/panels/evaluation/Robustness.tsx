import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Waves } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { EvaluationProgress } from './EvaluationProgress.tsx';
import { RobustnessTable } from './RobustnessTable.tsx';
import { robustnessReadings } from './selectors.ts';

/** What it costs the network when the test images are turned, smaller, or off their place. */
export function Robustness({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('evaluation');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const report = useWorkbenchState(({ robustness }) => robustness);
  const progress = useWorkbenchState(({ robustnessProgress }) => robustnessProgress);
  const headingId = useId();
  return (
    <Stack gap={8}>
      <Group justify="space-between" gap="4px 12px">
        <Title order={3} id={headingId}>
          {t('robustness')}
        </Title>
        <Button
          variant="default"
          leftSection={<Waves size={15} aria-hidden />}
          disabled={disabled || progress !== undefined}
          onClick={() => attempt(workbench.robustness())}
        >
          {t('robustness.test')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('robustness.lead', { readings: robustnessReadings })}
      </Text>
      {progress && <EvaluationProgress label={t('robustness.progress')} {...progress} />}
      {report && <RobustnessTable report={report} headingId={headingId} />}
    </Stack>
  );
}
