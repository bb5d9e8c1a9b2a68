import type { AblationQueue, AblationRow } from './ablationQueue.ts';

const HEADER = [
  ...['variant', 'status', 'steps', 'training_loss', 'validation_loss', 'validation_accuracy'],
  ...['accuracy_gap', 'test_accuracy', 'test_images', 'seconds'],
].join(',');

/** A line a row. Accuracies are shares from 0 to 1, losses mean cross-entropies in nats. */
export function ablationCsv({ rows }: AblationQueue): string {
  return `${[HEADER, ...rows.map((row) => cells(row).join(','))].join('\n')}\n`;
}

function cells(row: AblationRow): (string | number)[] {
  const start = [row.variant, row.status];
  if (row.status !== 'done') return [...start, ...new Array<string>(8).fill('')];
  const { result } = row;
  return [
    ...start,
    result.step,
    ...[result.trainingLoss, result.validationLoss, result.validationAccuracy].map(orEmpty),
    orEmpty(result.accuracyGap),
    ...[result.testAccuracy, result.testImages, result.seconds],
  ];
}

function orEmpty(value: number | null): number | string {
  return value ?? '';
}
