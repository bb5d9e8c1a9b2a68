import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatasetSummary } from '../../../domain/dataset.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatCount, formatShape } from '../../components/format.ts';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { ClassBalance } from './ClassBalance.tsx';

/** What is in the data set, and what each part is for. */
export function DatasetSummaryView({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const { name, shape, trainCount, validationCount, testCount } = summary;
  return (
    <Stack gap="sm">
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <div className="wb-figures">
        <Figure label={t('training')} value={formatCount(trainCount, language)} />
        <Figure label={<Term word="validation" />} value={formatCount(validationCount, language)} />
        <Figure label={t('test')} value={formatCount(testCount, language)} />
        <Figure
          label={t('size')}
          value={formatShape([shape.height, shape.width, shape.channels])}
        />
      </div>
      <ClassBalance summary={summary} />
      <Text size="xs" c="dimmed">
        {testCount > 0 ? t('testNote') : t('noTest')}
      </Text>
    </Stack>
  );
}
