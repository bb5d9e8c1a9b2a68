import type { RunRecord } from '../../../domain/runs/run.ts';
import type { RunState } from '../../state.ts';

/** A run in memory, as far as effects look at it. */
export const aRun: RunState = {
  record: { id: 'run', name: 'seed 1' } as RunRecord,
  ...{ step: 300, training: [], validation: [] },
  ...{ imagesPerSecond: undefined, secondsLeft: undefined, checkpoint: undefined },
};
