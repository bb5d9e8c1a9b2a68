import { WorkbenchError } from '../../util/errors.ts';
import type { ChosenLabels } from './csvLabels.ts';
import type { OneHotColumns } from './csvRoles.ts';
import { LabelColumn } from './labelColumn.ts';

/** Collects labels that are written as a column each, of which one is 1 in every row and all others are 0. */
export class OneHotLabels {
  private readonly labels: LabelColumn;
  private hot = -1;
  /** How many ones there are in the row. */
  private ones = 0;

  constructor(
    private readonly file: string,
    private readonly columns: OneHotColumns,
    mostRows: number,
  ) {
    this.labels = new LabelColumn(mostRows);
  }

  /** @returns whether it is a value that such a column may have */
  take(column: number, value: number): boolean {
    if (value === 1) {
      this.hot = column;
      this.ones++;
    }
    return value === 0 || value === 1;
  }

  endRow(row: number): void {
    const { file, ones, columns, hot } = this;
    if (ones !== 1) {
      throw new WorkbenchError('csv.oneHot', { file, row, column: columns.first + 1, ones });
    }
    this.labels.add(hot - columns.first, () => '', row);
    this.ones = 0;
  }

  finish(): ChosenLabels {
    const { first: column, names } = this.columns;
    return { ...this.labels.finish(), names, column, otherColumn: -1, place: 'named' };
  }
}
