import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AblationError, AblationQueue } from '../../../../domain/ablationQueue.ts';
import {
  formatDuration,
  formatLoss,
  formatPercent,
  formatPoints,
} from '../../../components/format.ts';
import { ScrollRegion } from '../../../components/ScrollRegion.tsx';
import { useLanguage } from '../../../components/useLanguage.ts';
import { refusalWords } from '../../../i18n/refusalWords.ts';
import classes from './ablation.module.css';
import type { RowFigures } from './selectors.ts';

const COLUMNS = [
  ...(['accuracy', 'interval', 'difference', 'validationLoss'] as const),
  ...(['trainingLoss', 'gap', 'time'] as const),
];

interface AblationTableProps {
  readonly queue: AblationQueue;
  /** Of the rows that are through. */
  readonly figures: readonly RowFigures[];
}

/** A line a recipe: what it came to, or what kept it from its end. */
export function AblationTable({ queue, figures }: AblationTableProps) {
  const { t } = useTranslation('ablation');
  return (
    <ScrollRegion label={t('results')}>
      <Table className={`wb-tabular ${classes.table}`} verticalSpacing={4} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('variant')}</Table.Th>
            {COLUMNS.map((key) => (
              <Table.Th key={key} scope="col">
                {t(key)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queue.rows.map((row) => {
            const found = figures.find(({ variant }) => variant === row.variant);
            return (
              <Table.Tr key={row.variant} data-status={row.status}>
                <Table.Th scope="row">{t(`variant.${row.variant}`)}</Table.Th>
                {found ? (
                  <FigureCells figures={found} />
                ) : (
                  <Table.Td colSpan={COLUMNS.length} className={classes.words}>
                    {row.status === 'failed' && <Failure error={row.error} />}
                    {(row.status === 'waiting' || row.status === 'running') && (
                      <span>{t(row.status)}</span>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

function FigureCells({ figures }: { readonly figures: RowFigures }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const { accuracy, low, high, difference, gap, isBest } = figures;
  const loss = (value: number | null) =>
    value === null ? t('infinite') : formatLoss(value, language);
  return (
    <>
      <Table.Td data-best={isBest}>{formatPercent(accuracy, language)}</Table.Td>
      <Table.Td c="dimmed">
        {`${formatPercent(low, language)}–${formatPercent(high, language)}`}
      </Table.Td>
      <Table.Td>{difference === undefined ? '–' : formatPoints(difference, language)}</Table.Td>
      <Table.Td>{loss(figures.validationLoss)}</Table.Td>
      <Table.Td>{loss(figures.trainingLoss)}</Table.Td>
      <Table.Td>{formatPoints(gap, language)}</Table.Td>
      <Table.Td>{formatDuration(figures.seconds, language)}</Table.Td>
    </>
  );
}

/** The same sentence as a notice of it would have. */
function Failure({ error }: { readonly error: AblationError }) {
  const { t, i18n } = useTranslation(['ablation', 'errors']);
  const { code, params = {}, message } = error;
  const isKnown = code !== undefined && i18n.exists(code, { ns: 'errors' });
  return (
    <Text span size="xs" c="var(--wb-wrong)">
      {`${t('failed')}: ${isKnown ? refusalWords(code, params, t) : message}`}
    </Text>
  );
}
