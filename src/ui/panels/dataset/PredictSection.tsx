import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { formatCount } from '../../components/format.ts';
import { Sentences } from '../../components/Sentences.tsx';
import { saveBlob } from '../../components/saveFile.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { canLoadDataset } from './selectors.ts';

const kinds = ['submission', 'probabilities'] as const;

/** Has the network read all images without labels, or the test images, into a file. */
export function PredictSection({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const progress = useWorkbenchState((state) => state.predictions);
  const hasModel = useWorkbenchState(({ run }) => run !== undefined);
  const isFree = useWorkbenchState(canLoadDataset);
  const { unlabelledCount = 0, testCount } = summary;
  const images = unlabelledCount > 0 ? unlabelledCount : testCount;
  if (images === 0) return null;
  const save = async (kind: (typeof kinds)[number]) => {
    const { name, blob } = await workbench.exportPredictions(kind);
    saveBlob(name, blob);
  };
  const count = (value: number) => formatCount(value, language);
  return (
    <div>
      <Title order={3}>{t('predict')}</Title>
      <Text size="xs" c="dimmed" mb={6}>
        <Sentences
          all={[
            t(unlabelledCount > 0 ? 'predictUnlabelled' : 'predictTest', { images: count(images) }),
            !hasModel && t('predictNoModel'),
          ]}
        />
      </Text>
      {progress ? (
        <div>
          <Group justify="space-between" wrap="nowrap" mb={6}>
            <Text size="sm" className="wb-tabular" role="status">
              {t('predicting', { done: count(progress.done), total: count(progress.total) })}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => attempt(workbench.cancelPredictions())}
            >
              {t('cancel')}
            </Button>
          </Group>
          <Progress value={(100 * progress.done) / progress.total} aria-label={t('predict')} />
        </div>
      ) : (
        <Group gap="xs">
          {kinds.map((kind) => (
            <Button
              key={kind}
              variant="default"
              disabled={!hasModel || !isFree}
              leftSection={<FileDown size={15} aria-hidden />}
              onClick={() => attempt(save(kind))}
            >
              {`${kind}.csv`}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}
