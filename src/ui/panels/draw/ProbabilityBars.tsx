import { useTranslation } from 'react-i18next';
import type { Prediction } from '../../../protocol/protocol.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './draw.module.css';
import { barsOf, MOST_BARS } from './selectors.ts';

interface ProbabilityBarsProps {
  readonly prediction: Prediction | undefined;
  readonly names: readonly string[];
}

/** How probable the network finds each class. */
export function ProbabilityBars({ prediction, names }: ProbabilityBarsProps) {
  const { t } = useTranslation('draw');
  const language = useLanguage();
  const label = names.length > MOST_BARS ? t('topProbabilities') : t('probabilities');
  return (
    <ul className={classes.bars} aria-label={label}>
      {barsOf(prediction, names).map(({ name, share, isTop }) => (
        <li key={name} className={classes.bar} data-top={isTop}>
          <span className={classes.barName} title={name}>
            {name}
          </span>
          <span className={classes.barTrack} aria-hidden>
            <span className={classes.barFill} style={{ width: `${100 * (share ?? 0)}%` }} />
          </span>
          <span className={classes.barShare}>
            {share === undefined ? '–' : formatPercent(share, language, 1)}
          </span>
        </li>
      ))}
    </ul>
  );
}
