import type { CsvLayout } from './csvLayout.ts';
import type { LabelColumn, LabelProblem, ReadLabels } from './labelColumn.ts';

/** Why a column was taken for that of the labels: its name, the user, or what all values say. */
export type LabelPlace = 'named' | 'chosen' | 'first' | 'last' | 'unclear';

export interface ChosenLabels extends ReadLabels {
  readonly column: number;
  /** Where they might be instead; -1 where nothing speaks for another column. */
  readonly otherColumn: number;
  readonly place: LabelPlace;
}

/**
 * Which of the columns that may hold labels does, by the values of all rows: UCI and Weka put them last.
 * Undefined where no column can, or all rows say that their label is missing.
 */
export function chosenLabels(
  layout: CsvLayout,
  first: LabelColumn,
  last: LabelColumn,
): ChosenLabels | { readonly problem: LabelProblem; readonly column: number } | undefined {
  const { labelColumn, otherLabelColumn } = layout;
  if (labelColumn < 0) return undefined;
  const place =
    otherLabelColumn < 0 ? (layout.isChosen ? 'chosen' : 'named') : placeOf(first, last);
  const isLast = place === 'last';
  const [column, otherColumn] = isLast
    ? [otherLabelColumn, labelColumn]
    : [labelColumn, otherLabelColumn];
  const chosen = isLast ? last : first;
  if (chosen.isMissing) return undefined;
  const problem = chosen.graveProblem;
  if (problem) return { problem, column };
  return { ...chosen.finish(), column, otherColumn, place };
}

function placeOf(first: LabelColumn, last: LabelColumn): LabelPlace {
  const order = score(first) - score(last);
  return order > 0 ? 'first' : order < 0 ? 'last' : 'unclear';
}

/** How much speaks for a column: it can hold labels, of several classes, whole, numbered without a gap. */
function score(column: LabelColumn): number {
  if (column.problem || column.hasMinusOnes) return 0;
  if (column.hasWords || column.isMissing) return 4;
  if (column.classes < 2) return 1;
  return 2 + (column.isComplete ? 1 : 0) - (column.hasFractions ? 0.5 : 0);
}
