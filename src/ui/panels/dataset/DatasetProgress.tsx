import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { formatBytes } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { loadedShare } from './selectors.ts';

interface DatasetProgressProps {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** How much of a data set is read, and a way out. */
export function DatasetProgress({ loadedBytes, totalBytes }: DatasetProgressProps) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const progress = t('progress', {
    loaded: formatBytes(loadedBytes, language),
    total: formatBytes(totalBytes, language),
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text size="sm" className="wb-tabular">
          {`${t('loading')} · ${progress}`}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => attempt(workbench.cancelDataset())}
        >
          {t('cancel')}
        </Button>
      </Group>
      <Progress.Root size="sm">
        <Progress.Section
          value={100 * loadedShare(loadedBytes, totalBytes)}
          aria-label={t('loading')}
        />
      </Progress.Root>
    </div>
  );
}
