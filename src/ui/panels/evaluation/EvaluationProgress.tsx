import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { formatCount } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';

interface EvaluationProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
}

export function EvaluationProgress({ label, done, total }: EvaluationProgressProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  return (
    <div>
      <Progress
        size="sm"
        color="var(--wb-accent)"
        value={total ? (100 * done) / total : 0}
        aria-label={label}
      />
      <Group justify="space-between" mt={6} mih={26}>
        <Text size="xs" c="dimmed" className="wb-tabular">
          {total !== undefined &&
            t('done', { done: formatCount(done, language), total: formatCount(total, language) })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => attempt(workbench.cancelEvaluation())}
        >
          {t('cancel')}
        </Button>
      </Group>
    </div>
  );
}
