import type { StoredRun } from '../../storage/runStore.ts';
import { missingFrom, runState } from '../../training/runState.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Keeper } from '../keeping/keeper.ts';
import { CurrentRun } from './currentRun.ts';

/** A run as it is stored, to be gone on with; its optimizer's state is read when it trains. */
export function storedRun(keeper: Keeper, { record, tensors, version }: StoredRun): CurrentRun {
  if (missingFrom(tensors, record).length > 0) {
    const problem = { code: 'checkpoint.incomplete' } as const;
    throw new WorkbenchError('storage.corrupt', { step: record.step, run: record.name, problem });
  }
  const state = async () => runState(await keeper.tensorsOf(record, run.version), record);
  const run: CurrentRun = CurrentRun.open(record, tensors, { state, version });
  return run;
}
