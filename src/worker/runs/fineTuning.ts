import type { LabelledDrawing } from '../../domain/drawing/drawings.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { CurrentRun } from './currentRun.ts';
import { derivedRecord } from './derivedRecord.ts';

/** Of a run that was fine-tuned before: the last time is what its name tells. */
const SUFFIX = /, fine-tuned on \d+ drawings?$/;

/**
 * A copy of a run that learns from drawings, mixed with as many images of its data set; its record says
 * which, so that it can be gone on with.
 */
export async function fineTuningOf(
  before: CurrentRun,
  drawings: readonly LabelledDrawing[],
  { steps, learningRate }: { readonly steps: number; readonly learningRate: number },
): Promise<CurrentRun> {
  const { rateChanges: _, lengthChanges: __, ...record } = before.record;
  const { recipe } = record;
  const count = drawings.length;
  const ids = drawings.map(({ id }) => id);
  const tuned: RunRecord = {
    ...derivedRecord(
      record,
      record.name.replace(SUFFIX, ''),
      `, fine-tuned on ${count} ${count === 1 ? 'drawing' : 'drawings'}`,
    ),
    mixedWith: ids,
    tunedOn: [...new Set([...(record.tunedOn ?? []), ...ids])],
    status: 'training',
    recipe: {
      ...recipe,
      ...{ steps, learningRate, schedule: 'constant', warmup: 0, patience: 0, keepBest: 'off' },
    },
    step: 0,
    trainingMs: 0,
    history: { training: [], validation: [] },
  };
  return CurrentRun.from(tuned, await before.network.exportWeights());
}
