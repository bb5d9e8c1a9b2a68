import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { formatBytes, formatCount } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useDeletion } from '../../notices/useDeletion.tsx';
import { canLoadDataset } from './selectors.ts';

/** The imported sets that this browser keeps. */
export function KeptDatasets() {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const datasets = useWorkbenchState((state) => state.datasets);
  const canLoad = useWorkbenchState(canLoadDataset);
  const current = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary.id : undefined,
  );
  const remove = useDeletion();
  if (datasets.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={6}>
        {t('kept')}
      </Title>
      <ul aria-label={t('kept')} style={{ display: 'grid', gap: 8, margin: 0, padding: 0 }}>
        {datasets.map((kept) => {
          const { id, name, classNames, trainCount, testCount, unlabelledCount, bytes } = kept;
          const images = trainCount + testCount + unlabelledCount;
          return (
            <li
              key={id}
              className="wb-card"
              data-current={id === current || undefined}
              style={{ listStyle: 'none' }}
            >
              <Group wrap="nowrap" gap="xs" justify="space-between">
                <div style={{ minWidth: 0 }}>
                  <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed" className="wb-tabular">
                    {t('keptFigures', {
                      images: formatCount(images, language),
                      classes: classNames.length,
                      size: formatBytes(bytes, language),
                    })}
                  </Text>
                </div>
                <Group wrap="nowrap" gap={4}>
                  {id === current ? (
                    <Text size="xs" c="var(--wb-accent)" fw={600}>
                      {t('inUse')}
                    </Text>
                  ) : (
                    <Button
                      variant="default"
                      disabled={!canLoad}
                      aria-label={t('useNamed', { name })}
                      onClick={() => attempt(workbench.openDataset(id))}
                    >
                      {t('use')}
                    </Button>
                  )}
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('remove', { name })}
                    onClick={() =>
                      remove({
                        remove: () => workbench.deleteDataset(id),
                        said: () => t('removed', { name }),
                        restore: () => workbench.restoreDataset(id),
                      })
                    }
                  >
                    <Trash2 size={15} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
