import type { History, TrainingPoint } from './metrics.ts';

const HEADER = 'step,train_loss,train_accuracy,validation_loss,validation_accuracy';

/** Every point of a run, none left out, in the order of steps. */
export function historyCsv({ training, validation }: History): string {
  const validationAt = new Map(validation.map((point) => [point.step, point]));
  const trainingAt = new Map(training.map((point) => [point.step, point]));
  const steps = [...new Set([...trainingAt.keys(), ...validationAt.keys()])].sort((a, b) => a - b);
  const lines = steps.map((step) =>
    [step, ...cells(trainingAt.get(step)), ...cells(validationAt.get(step))].join(','),
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}

function cells(point: TrainingPoint | undefined): readonly [number, number] | readonly ['', ''] {
  return point ? [point.loss, point.accuracy] : ['', ''];
}
