import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AblationQueue } from '../../../../domain/ablationQueue.ts';
import { formatCount } from '../../../components/format.ts';
import { Sentences } from '../../../components/Sentences.tsx';
import { useLanguage } from '../../../components/useLanguage.ts';
import { AblationChart } from './AblationChart.tsx';
import { AblationTable } from './AblationTable.tsx';
import classes from './ablation.module.css';
import { rowFigures, validationImagesOf } from './selectors.ts';
import { useFrameWords } from './useFrameWords.ts';

/** The table of the rows, how it is to be read, and the chart of their validation errors. */
export function AblationResults({ queue }: { readonly queue: AblationQueue }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const frameWords = useFrameWords();
  const figures = rowFigures(queue);
  const images = formatCount(validationImagesOf(queue), language);
  return (
    <div className={classes.results}>
      <div>
        <Text size="sm" fw={600} mb={6} className="wb-tabular">
          {t('settings', frameWords(queue.frame))}
        </Text>
        <AblationTable queue={queue} figures={figures} />
        {figures.length > 0 && (
          <Text size="xs" c="dimmed" mt={6} className={classes.note}>
            <Sentences all={[t('splitNote', { images }), t('gapNote')]} />
          </Text>
        )}
      </div>
      {figures.length > 0 && <AblationChart figures={figures} />}
    </div>
  );
}
