import { textCell } from '../../util/csvCell.ts';
import { epochsOf } from './ablation.ts';
import { gapOf } from './ablationFigures.ts';
import type { AblationQueue } from './ablationQueue.ts';
import type { AblationRow } from './ablationRow.ts';

const RESULT_COLUMNS = [
  ...['steps', 'validation_accuracy', 'validation_loss', 'validation_images'],
  ...['training_accuracy', 'training_loss', 'training_images', 'accuracy_gap', 'seconds'],
];
const CONDITION_COLUMNS = ['epochs', 'trained_on', 'held_back', 'engine', 'dataset', 'dataset_id'];
const HEADER = ['variant', 'seed', 'status', ...RESULT_COLUMNS, ...CONDITION_COLUMNS].join(',');

/**
 * A line a run. Accuracies are shares from 0 to 1, losses mean cross-entropies in nats; a loss without
 * end, and all figures of a run without a result, are empty.
 */
export function ablationCsv(queue: AblationQueue): string {
  const { dataset, trainingImages, heldBack, engine } = queue.conditions;
  const epochs = epochsOf(queue.frame, trainingImages);
  const names = [dataset.name, dataset.id].map(textCell);
  const conditions = [epochs, trainingImages, heldBack, engine, ...names];
  return `${[HEADER, ...queue.rows.map((row) => [...cells(row), ...conditions].join(','))].join('\n')}\n`;
}

function cells(row: AblationRow): (string | number)[] {
  const start = [row.variant, row.seed, row.status];
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
