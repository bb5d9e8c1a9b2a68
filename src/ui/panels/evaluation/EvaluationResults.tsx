import { Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { errorsIn } from '../../../domain/metrics/confusion.ts';
import type { RunEvaluation } from '../../../domain/metrics/metrics.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatCount, formatLoss, formatPercent } from '../../components/format.ts';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import { AveragedFigures } from './AveragedFigures.tsx';
import { Calibration } from './Calibration.tsx';
import { ClassAccuracies } from './ClassAccuracies.tsx';
import { ClassFigures } from './ClassFigures.tsx';
import { ConfusedPairs } from './ConfusedPairs.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { Gallery } from './Gallery.tsx';
import { type Cell, classNamesOf, imagesAreThere } from './selectors.ts';
import { useIntervalWords } from './useIntervalWords.ts';

const noNames: readonly string[] = [];

interface EvaluationResultsProps {
  readonly evaluation: RunEvaluation;
  /** Stands before the images, which go on and on. */
  readonly children: ReactNode;
}

/** What an evaluation found: figures, which class is taken for which, and the images themselves. */
export function EvaluationResults({ evaluation, children }: EvaluationResultsProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const classNames = useWorkbenchState(({ run }) => run?.record.classNames ?? noNames);
  const hasImages = useWorkbenchState((state) => imagesAreThere(state, evaluation));
  const [chosen, setChosen] = useState<{ evaluation: RunEvaluation; cell: Cell }>();
  const names = classNamesOf(classNames, evaluation);
  const intervalWords = useIntervalWords();
  const cell = chosen?.evaluation === evaluation ? chosen.cell : undefined;

  return (
    <Stack gap="lg">
      <div>
        <div className="wb-figures">
          <Figure
            label={<Term word="accuracy">{t('accuracy')}</Term>}
            value={formatPercent(evaluation.accuracy, language)}
            unit={intervalWords(evaluation.accuracy, evaluation.images)}
          />
          <Figure
            label={<Term word="loss">{t('loss')}</Term>}
            value={formatLoss(evaluation.loss, language)}
          />
          <Figure label={t('images')} value={formatCount(evaluation.images, language)} />
          <Figure
            label={t('errors')}
            value={formatCount(errorsIn(evaluation.confusion), language)}
            color="var(--wb-wrong)"
          />
        </div>
        {evaluation.augmented && (
          <AveragedFigures plain={evaluation} averaged={evaluation.augmented} />
        )}
        <MeasuredAt evaluation={evaluation} />
        <Text size="xs" c="dimmed">
          {t('intervalHelp')}
        </Text>
      </div>
      <ConfusionMatrix
        confusion={evaluation.confusion}
        names={names}
        chosen={cell}
        onChoose={(next) => setChosen(next && { evaluation, cell: next })}
      />
      <ConfusedPairs
        confusion={evaluation.confusion}
        names={names}
        onChoose={(next) => setChosen({ evaluation, cell: next })}
      />
      <ClassAccuracies evaluation={evaluation} names={names} />
      <ClassFigures confusion={evaluation.confusion} names={names} />
      <Calibration evaluation={evaluation} />
      {children}
      {hasImages ? (
        <Gallery
          evaluation={evaluation}
          names={names}
          cell={cell}
          onShowAll={() => setChosen(undefined)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('otherDataset')}
        </Text>
      )}
    </Stack>
  );
}

/** Says which state of the network was tested, and on whose images. */
function MeasuredAt({ evaluation }: { readonly evaluation: RunEvaluation }) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const isOutdated = useWorkbenchState(({ run }) => (run?.step ?? 0) > evaluation.step);
  return (
    <Text size="xs" c="dimmed" mt={6} className="wb-tabular">
      {t(isOutdated ? 'outdatedOn' : 'measuredOn', {
        step: formatCount(evaluation.step, language),
        dataset: evaluation.datasetName,
      })}
    </Text>
  );
}
