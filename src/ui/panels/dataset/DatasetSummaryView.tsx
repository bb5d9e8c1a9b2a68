import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatCount, formatShape } from '../../components/format.ts';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { Assumptions } from './Assumptions.tsx';
import { ClassBalance } from './ClassBalance.tsx';
import { ClassNamesForm } from './ClassNamesForm.tsx';
import { DatasetDetails } from './DatasetDetails.tsx';
import { PredictSection } from './PredictSection.tsx';
import { ReadingChoicesForm } from './ReadingChoicesForm.tsx';

/** What is in the data set, and what each part is for. */
export function DatasetSummaryView({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const [showsDetails, details] = useDisclosure(false);
  const [isNaming, naming] = useDisclosure(false);
  const { name, classNames, shape, trainCount, validationCount, testCount } = summary;
  const { unlabelledCount = 0 } = summary;
  /** What is typed, and what was looked up, is of this set. */
  const setKey = summary.id ?? name;
  return (
    <Stack gap="sm">
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <div className="wb-figures">
        <Figure label={t('training')} value={formatCount(trainCount, language)} />
        <Figure label={<Term word="validation" />} value={formatCount(validationCount, language)} />
        <Figure label={t('test')} value={formatCount(testCount, language)} />
        {unlabelledCount > 0 && (
          <Figure label={t('unlabelled')} value={formatCount(unlabelledCount, language)} />
        )}
        <Figure
          label={t('size')}
          value={formatShape([shape.height, shape.width, shape.channels])}
        />
      </div>
      {trainCount > 0 && <ClassBalance summary={summary} />}
      <Text size="xs" c="dimmed">
        {trainCount === 0 ? t('noTraining') : testCount > 0 ? t('testNote') : t('noTest')}
      </Text>
      <Assumptions assumptions={summary.assumptions ?? []} />
      <ReadingChoicesForm key={`choices ${setKey}`} summary={summary} />
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={showsDetails}
          onClick={details.toggle}
        >
          {t(showsDetails ? 'hideDetails' : 'details')}
        </Button>
        {classNames.length > 0 && name !== 'MNIST' && (
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={isNaming}
            onClick={naming.toggle}
          >
            {t('nameClasses')}
          </Button>
        )}
      </Group>
      {isNaming && <ClassNamesForm key={setKey} classNames={classNames} onClose={naming.close} />}
      {showsDetails && <DatasetDetails key={setKey} summary={summary} />}
      <PredictSection summary={summary} />
    </Stack>
  );
}
