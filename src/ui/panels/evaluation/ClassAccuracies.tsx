import { Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../../domain/metrics/metrics.ts';
import { formatCount, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './ClassAccuracies.module.css';
import { classResults } from './selectors.ts';

interface ClassAccuraciesProps {
  readonly evaluation: Evaluation;
  readonly names: readonly string[];
}

/** How many images of each class were recognised; what is missing of a bar are the mistakes. */
export function ClassAccuracies({ evaluation, names }: ClassAccuraciesProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const headingId = useId();
  return (
    <div>
      <Title order={3} id={headingId} mb={6}>
        {t('byClass')}
      </Title>
      <ul className={classes.list} aria-labelledby={headingId}>
        {classResults(evaluation, names).map(({ name, accuracy, wrong }) => (
          <li key={name} className={classes.item}>
            <span className={classes.name} title={name}>
              {name}
            </span>
            <span className={classes.track} data-empty={accuracy === undefined} aria-hidden>
              <span className={classes.bar} style={{ width: `${100 * (accuracy ?? 0)}%` }} />
            </span>
            <span className={classes.number}>
              {accuracy === undefined ? t('noImages') : formatPercent(accuracy, language, 1)}
            </span>
            <span className={classes.wrong}>
              {t('classWrong', { count: formatCount(wrong, language) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
