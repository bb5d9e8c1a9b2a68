import { type AblationQueue, type AblationRow, gapOf } from './ablationQueue.ts';

const RESULT_COLUMNS = [
  ...['steps', 'validation_accuracy', 'validation_loss', 'validation_images'],
  ...['training_accuracy', 'training_loss', 'training_images', 'accuracy_gap', 'seconds'],
];
const HEADER = ['variant', 'status', ...RESULT_COLUMNS].join(',');

/**
 * A line a row. Accuracies are shares from 0 to 1, losses mean cross-entropies in nats; a loss without
 * end, and all figures of a row without a result, are empty.
 */
export function ablationCsv({ rows }: AblationQueue): string {
  return `${[HEADER, ...rows.map((row) => cells(row).join(','))].join('\n')}\n`;
}

function cells(row: AblationRow): (string | number)[] {
  const start = [row.variant, row.status];
  if (row.status !== 'done') return [...start, ...RESULT_COLUMNS.map(() => '')];
  const { step, validation, training, seconds } = row.result;
  return [
    ...start,
    step,
    ...[validation.accuracy, validation.loss ?? '', validation.images],
    ...[training.accuracy, training.loss ?? '', training.images],
    ...[gapOf(row.result), seconds],
  ];
}
