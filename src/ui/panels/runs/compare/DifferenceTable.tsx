import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hyperparameter } from '../../../../domain/recipe/recipeDifference.ts';
import { LookSample } from '../../../charts/LookSample.tsx';
import { ScrollRegion } from '../../../components/ScrollRegion.tsx';
import classes from './compare.module.css';
import type { ComparedRun } from './selectors.ts';
import { type TableRow, useDifferenceRows } from './useDifferenceRows.ts';
import { useFigureRows } from './useFigureRows.ts';

interface DifferenceTableProps {
  readonly runs: readonly ComparedRun[];
  readonly differing: readonly Hyperparameter[];
}

/** The settings in which the runs differ, and none else; under them what the runs came to. */
export function DifferenceTable({ runs, differing }: DifferenceTableProps) {
  const { t } = useTranslation('compare');
  const differences = useDifferenceRows(runs, differing);
  const figures = useFigureRows();
  return (
    <ScrollRegion label={t('table')}>
      <Table className={`wb-tabular ${classes.table}`} verticalSpacing={3} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('table')}</Table.Th>
            {runs.map(({ record, look }) => (
              <Table.Th key={record.id} scope="col">
                <LookSample look={look} />
                <span className={classes.columnName}>{record.name}</span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.length > 0 ? (
            <Rows rows={differences} runs={runs} />
          ) : (
            <Table.Tr>
              <Table.Td colSpan={runs.length + 1}>{t(runs.length > 1 ? 'same' : 'alone')}</Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
        <Table.Tbody className={classes.figures}>
          <Rows rows={figures} runs={runs} />
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

interface RowsProps {
  readonly rows: readonly TableRow[];
  readonly runs: readonly ComparedRun[];
}

function Rows({ rows, runs }: RowsProps) {
  const { t } = useTranslation('compare');
  return rows.map(({ name, cellOf }) => (
    <Table.Tr key={name}>
      <Table.Th scope="row">{name}</Table.Th>
      {runs.map((run) => (
        <Table.Td key={run.record.id}>{cellOf(run) || t('none')}</Table.Td>
      ))}
    </Table.Tr>
  ));
}
