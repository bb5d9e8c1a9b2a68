import { withChange } from '../../domain/recipe/schedule.ts';
import { type RunRecord, type RunSummary, upToStep } from '../../domain/runs/run.ts';
import { bestWeights } from '../../domain/runs/weightsInUse.ts';
import { summaryOf } from '../../storage/runSummary.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Workspace } from '../workspace.ts';
import { CurrentRun } from './currentRun.ts';
import { derivedRecord } from './derivedRecord.ts';

/**
 * Makes the weights of a run's lowest validation loss the current model, as a run of its own. The run
 * that they come from stays as it is.
 */
export async function openBest(workspace: Workspace, id: string): Promise<RunSummary> {
  const { keeper } = workspace;
  const stopWriting = await keeper.startWriting();
  const opening = workspace.loading(async () => {
    const { record, tensors } = await keeper.load(id);
    const weights = bestWeights(tensors);
    if (!record.best || weights.length === 0) {
      throw new WorkbenchError('run.noBest', { run: record.name });
    }
    const best = recordOfBest(record, record.best);
    const run = CurrentRun.from(best, weights);
    await keeper.save(run);
    workspace.replaceRun(run);
    return summaryOf(best);
  });
  return opening.finally(stopWriting);
}

/** Its curves are those of the run, up to the step of its weights, with which it ends. */
function recordOfBest(record: RunRecord, { step }: NonNullable<RunRecord['best']>): RunRecord {
  const { lengthChanges, ...past } = upToStep(record, step);
  return {
    ...derivedRecord(past, record.name, `, best of step ${step}`),
    status: 'imported',
    lengthChanges: withChange(lengthChanges, { step, steps: step }),
  };
}
