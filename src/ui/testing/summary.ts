import type { DatasetSummary } from '../../domain/data/dataset.ts';
import { digits } from './runState.ts';

/** A set of digits. */
export const summary: DatasetSummary = {
  ...{ id: 'm', name: 'MNIST', classNames: digits },
  shape: { height: 28, width: 28, channels: 1 },
  ...{ trainCount: 80, validationCount: 10, testCount: 10 },
  trainClassCounts: digits.map(() => 8),
};
