import type { NumberKey } from './selectors.ts';

export interface NumberControl {
  readonly key: NumberKey;
  readonly whole: boolean;
  /** How far an arrow key goes. */
  readonly step: number;
}

export const basicNumbers: readonly NumberControl[] = [
  { key: 'batchSize', whole: true, step: 1 },
  { key: 'steps', whole: true, step: 1 },
  { key: 'learningRate', whole: false, step: 0.0001 },
  { key: 'dropout', whole: false, step: 0.05 },
];

export const advancedNumbers: readonly NumberControl[] = [
  { key: 'seed', whole: true, step: 1 },
  { key: 'validationImages', whole: true, step: 100 },
  { key: 'validationInterval', whole: true, step: 10 },
  { key: 'displayStep', whole: true, step: 1 },
  { key: 'checkpointInterval', whole: true, step: 10 },
];
