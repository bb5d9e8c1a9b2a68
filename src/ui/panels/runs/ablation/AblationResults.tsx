import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { variantFigures } from '../../../../domain/ablation/ablationFigures.ts';
import {
  type AblationQueue,
  measuredImages,
  seedsOf,
} from '../../../../domain/ablation/ablationQueue.ts';
import { formatCount } from '../../../components/format.ts';
import { Sentences } from '../../../components/Sentences.tsx';
import { useLanguage } from '../../../components/useLanguage.ts';
import { AblationChart } from './AblationChart.tsx';
import { AblationFailures, AblationTable } from './AblationTable.tsx';
import classes from './ablation.module.css';
import { FewEpochs } from './FewEpochs.tsx';
import { useFrameWords } from './useFrameWords.ts';

/** The table of the recipes, how it is to be read, and the chart of their validation errors. */
export function AblationResults({ queue }: { readonly queue: AblationQueue }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const frameWords = useFrameWords();
  const figures = variantFigures(queue);
  const { frame, conditions } = queue;
  const { dataset, engine, trainingImages } = conditions;
  const images = formatCount(measuredImages(queue), language);
  return (
    <div className={classes.results}>
      <div>
        <Text size="sm" fw={600} mb={2} className="wb-tabular">
          {t('settings', frameWords(frame, trainingImages, seedsOf(queue).length))}
        </Text>
        <Text size="xs" c="dimmed" mb={6} className="wb-tabular">
          {t('conditions', {
            ...{ dataset: dataset.name, engine },
            trained: formatCount(trainingImages, language),
            held: formatCount(conditions.heldBack, language),
          })}
        </Text>
        <FewEpochs frame={frame} trainingImages={trainingImages} />
        <AblationTable queue={queue} figures={figures} />
        <AblationFailures queue={queue} />
        {figures.length > 0 && (
          <Text size="xs" c="dimmed" mt={6} className={classes.note}>
            <Sentences
              all={[t('splitNote', { images }), t('gapNote', { images }), t('intervalNote')]}
            />
          </Text>
        )}
      </div>
      {figures.length > 0 && <AblationChart figures={figures} />}
    </div>
  );
}
