import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { RobustnessReport } from '../../../domain/augment/robustness.ts';
import { formatCount, formatPercent, formatPoints } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './RobustnessTable.module.css';
import { robustnessSizes } from './selectors.ts';
import { useIntervalWords } from './useIntervalWords.ts';

interface RobustnessTableProps {
  readonly report: RobustnessReport;
  /** Of the heading that names the table. */
  readonly headingId: string;
}

/** The accuracy of each test, and the points that it costs, with a bar as long as they are many. */
export function RobustnessTable({ report, headingId }: RobustnessTableProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const intervalWords = useIntervalWords();
  const isOutdated = useWorkbenchState(({ run }) => (run?.step ?? 0) > report.step);
  return (
    <div>
      <table className={classes.table} aria-labelledby={headingId}>
        <thead>
          <tr>
            <th scope="col">{t('robustness.images')}</th>
            <th scope="col">{t('robustness.accuracy')}</th>
            <th scope="col">{t('robustness.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map(({ test, accuracy, cost }) => (
            <tr key={test}>
              <th scope="row">{t(`robustness.${test}`, robustnessSizes)}</th>
              <td>
                <span>{formatPercent(accuracy, language)}</span>
                <Text size="xs" c="dimmed" className={classes.interval}>
                  {intervalWords(accuracy, report.images)}
                </Text>
              </td>
              <td>
                <span
                  className={classes.bar}
                  style={{ width: `${100 * Math.max(0, cost)}%` }}
                  aria-hidden
                />
                <span className={classes.value}>
                  {test === 'plain' ? '–' : formatPoints(cost, language, 'negative')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt={6} className="wb-tabular">
        {t(isOutdated ? 'robustness.outdated' : 'robustness.measured', {
          step: formatCount(report.step, language),
          images: formatCount(report.images, language),
          dataset: report.datasetName,
        })}
      </Text>
    </div>
  );
}
