import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isClear, type VariantFigures } from '../../../../domain/ablation/ablationFigures.ts';
import type { AblationQueue } from '../../../../domain/ablation/ablationQueue.ts';
import type { AblationError } from '../../../../domain/ablation/ablationRow.ts';
import type { Estimate } from '../../../../domain/metrics/differenceInterval.ts';
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
import { type VariantState, variantStates } from './selectors.ts';

const COLUMNS = ['accuracy', 'difference', 'gap', 'losses', 'time'] as const;

interface AblationTableProps {
  readonly queue: AblationQueue;
  /** Of the recipes of which a run is through. */
  readonly figures: readonly VariantFigures[];
}

/**
 * A line a recipe: what its runs came to, or what kept them from their end. On a phone a block a recipe,
 * its figures under each other; the roles say that it is a table all the same.
 */
export function AblationTable({ queue, figures }: AblationTableProps) {
  const { t } = useTranslation('ablation');
  return (
    <ScrollRegion label={t('results')}>
      <Table
        role="table"
        className={`wb-tabular ${classes.table}`}
        verticalSpacing={4}
        horizontalSpacing="xs"
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            <Table.Th role="columnheader" scope="col">
              {t('variant')}
            </Table.Th>
            {COLUMNS.map((key) => (
              <Table.Th key={key} role="columnheader" scope="col">
                {t(key)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {variantStates(queue).map((state) => (
            <VariantLine
              key={state.variant}
              state={state}
              figures={figures.find(({ variant }) => variant === state.variant)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

function VariantLine({
  state,
  figures,
}: {
  readonly state: VariantState;
  readonly figures: VariantFigures | undefined;
}) {
  const { t } = useTranslation('ablation');
  const { variant, isRunning, done, total, failures } = state;
  const isOver = failures.length === total;
  return (
    <Table.Tr role="row">
      <Table.Th role="rowheader" scope="row">
        <span>{t(`variant.${variant}`)}</span>
        {figures && (done < total || isRunning) && (
          <Small>{t(isRunning ? 'someRunning' : 'some', { done, total })}</Small>
        )}
      </Table.Th>
      {figures ? (
        <FigureCells figures={figures} />
      ) : (
        <Table.Td role="cell" colSpan={COLUMNS.length} className={classes.words}>
          {t(isRunning ? 'running' : isOver ? 'failed' : 'waiting')}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function FigureCells({ figures }: { readonly figures: VariantFigures }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const { accuracy, difference, gap, seconds } = figures;
  const percent = (share: number) => formatPercent(share, language);
  const points = (share: number) => formatPoints(share, language);
  const loss = (value: number | null) =>
    value === null ? t('infinite') : formatLoss(value, language);
  const range = ({ low, high }: Estimate, say: (share: number) => string) =>
    t('range', { low: say(low), high: say(high) });
  return (
    <>
      <Table.Td role="cell" data-label={t('accuracy')}>
        <span>{percent(accuracy.mean)}</span>
        {accuracy.spread !== undefined && (
          <Small>{`± ${formatPoints(accuracy.spread, language, 'negative')}`}</Small>
        )}
        <Small>{range(accuracy, percent)}</Small>
      </Table.Td>
      <Table.Td
        role="cell"
        data-label={t('difference')}
        data-clear={difference && isClear(difference)}
      >
        <span>{difference ? points(difference.mean) : '–'}</span>
        {difference && <Small>{range(difference, points)}</Small>}
      </Table.Td>
      <Table.Td role="cell" data-label={t('gap')} data-clear={isClear(gap)}>
        <span>{points(gap.mean)}</span>
        <Small>{range(gap, points)}</Small>
      </Table.Td>
      <Table.Td role="cell" data-label={t('losses')}>
        <span>{loss(figures.trainingLoss)}</span>
        <Small>{loss(figures.validationLoss)}</Small>
      </Table.Td>
      <Table.Td role="cell" data-label={t('time')}>
        {formatDuration(seconds, language)}
      </Table.Td>
    </>
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return (
    <Text component="div" c="dimmed" className={classes.small}>
      {children}
    </Text>
  );
}

/** What kept runs from their end, each in the sentence that a notice of it would have. */
export function AblationFailures({ queue }: Pick<AblationTableProps, 'queue'>) {
  const { t, i18n } = useTranslation(['ablation', 'errors']);
  const failures = variantStates(queue).flatMap((state) => state.failures);
  if (failures.length === 0) return null;
  const words = ({ code, params = {}, message }: AblationError) =>
    code !== undefined && i18n.exists(code, { ns: 'errors' })
      ? refusalWords(code, params, t)
      : message;
  return (
    <ul className={classes.failures} aria-label={t('failedRuns')}>
      {failures.map(({ variant, seed, error }) => (
        <li key={`${variant} ${seed}`}>
          {t('failedRun', { variant: t(`variant.${variant}`), seed, why: words(error) })}
        </li>
      ))}
    </ul>
  );
}
