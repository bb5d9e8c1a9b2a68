import { Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './ClassBalance.module.css';
import { classBalance } from './selectors.ts';

/** Beyond these many classes there is no room for their names. */
const MOST_NAMED = 12;

/** How many training images each class has, as bars side by side. */
export function ClassBalance({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const bars = classBalance(summary);
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('balance')}
      </Text>
      <ul className={classes.bars} aria-label={t('balance')}>
        {bars.map(({ name, count, share }) => {
          const words = t('balanceItem', { name, count: formatCount(count, language) });
          return (
            <li key={name} className={classes.item} title={words}>
              <VisuallyHidden>{words}</VisuallyHidden>
              <span className={classes.track} aria-hidden>
                <span className={classes.bar} style={{ height: `${100 * share}%` }} />
              </span>
              {bars.length <= MOST_NAMED && (
                <span className={classes.name} aria-hidden>
                  {name}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
