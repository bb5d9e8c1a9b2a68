import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { wilsonInterval } from '../../../../domain/metrics/wilson.ts';
import { formatCount, formatPercent } from '../../../components/format.ts';
import { Sentences } from '../../../components/Sentences.tsx';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';
import { figuresOf, type Tally, unknownCount } from './selectors.ts';

/** Below this a figure says little, and the page says so. */
const FEW = 30;

/** How many drawings are read right, and how much that says. */
export function ScoreLine() {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const drawings = useWorkbenchState((state) => state.drawings);
  const score = useWorkbenchState((state) => state.drawnScore);
  const isStale = useWorkbenchState(({ run }) => score !== undefined && run?.step !== score.step);
  const unknown = useWorkbenchState(unknownCount);
  const { unseen, learned } = score
    ? figuresOf(drawings, score)
    : { unseen: undefined, learned: undefined };
  const shown = unseen && unseen.total > 0 ? unseen : learned;
  const isScored = shown !== undefined && shown.total > 0;
  const isTest = shown === unseen;

  const count = (value: number) => formatCount(value, language);
  const range = ({ right, total }: Tally) => {
    const { low, high } = wilsonInterval(right, total);
    const [lowest, highest] = [low, high].map((share) => formatPercent(share, language, 0));
    return t(total < FEW ? 'rough' : 'interval', { low: lowest, high: highest });
  };
  const sentences = [
    score && isStale && t('stale', { step: count(score.step) }),
    isScored && isTest && range(shown),
    isScored && !isTest && t('onlyLearned'),
    isTest &&
      learned &&
      learned.total > 0 &&
      t('learned', { right: count(learned.right), total: count(learned.total) }),
    unknown > 0 && t('unknown', { count: unknown, total: count(unknown) }),
  ];
  return (
    <div className={classes.score}>
      <p className={classes.figure} data-scored={isScored}>
        {isScored
          ? t('figure', {
              right: count(shown.right),
              total: count(shown.total),
              share: formatPercent(shown.right / shown.total, language, 1),
            })
          : t('notScored')}
      </p>
      {sentences.some(Boolean) && (
        <p className={classes.note}>
          <Sentences all={sentences} />
        </p>
      )}
    </div>
  );
}
