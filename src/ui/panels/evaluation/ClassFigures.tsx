import { Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { classFigures } from '../../../domain/metrics/classFigures.ts';
import type { ConfusionCounts } from '../../../domain/metrics/confusion.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './figures.module.css';

interface ClassFiguresProps {
  readonly confusion: ConfusionCounts;
  readonly names: readonly string[];
}

/** How far one can trust that what is read as a class is of it, and that what is of it is found. */
export function ClassFigures({ confusion, names }: ClassFiguresProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const headingId = useId();
  const said = (share: number | undefined) =>
    share === undefined ? t('noImages') : formatPercent(share, language, 1);
  return (
    <div>
      <Title order={3} id={headingId} mb={6}>
        {t('classFigures')}
      </Title>
      <table className={classes.table} aria-labelledby={headingId}>
        <thead>
          <tr>
            <th scope="col">{t('class')}</th>
            <th scope="col">{t('precision')}</th>
            <th scope="col">{t('recall')}</th>
            <th scope="col">{t('f1')}</th>
          </tr>
        </thead>
        <tbody>
          {classFigures(confusion).map(({ precision, recall, f1 }, label) => (
            <tr key={names[label]}>
              <th scope="row">{names[label]}</th>
              <td>{said(precision)}</td>
              <td>{said(recall)}</td>
              <td>{said(f1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
