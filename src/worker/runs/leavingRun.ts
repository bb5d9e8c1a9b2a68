import { errorEvent } from '../calls/failures.ts';
import type { Workspace } from '../workspace.ts';
import type { CurrentRun } from './currentRun.ts';
import { storedRun } from './storedRun.ts';

/** How the current run is left: where it is, or back at its last checkpoint. */

/** The current run as it is in its last checkpoint, or as it began, and stopped there. */
export async function goBack(workspace: Workspace): Promise<void> {
  const before = await checkpointOf(workspace, workspace.run);
  if (before) workspace.replaceRun(before);
  await leave(workspace);
}

/** What is stored of a run, or how it began; undefined where it is gone, or cannot be read. */
async function checkpointOf(
  { keeper, emit }: Workspace,
  run: CurrentRun,
): Promise<CurrentRun | undefined> {
  if (run.version.generation === 0) return run.begunAnew();
  try {
    // One that is deleted meanwhile is there as long as that can be undone.
    return storedRun(keeper, await keeper.load(run.id));
  } catch (problem) {
    emit(errorEvent(problem));
    return undefined;
  }
}

/** The current run stays as it is, and is stopped there; its weights are not written. */
export async function leave({ run, keeper, emit }: Workspace): Promise<void> {
  run.update({ status: 'stopped' });
  await keeper.noteStatus(run, 'stopped');
  emit(run.news());
}

/** It is stopped where it is. */
export async function stopHere({ keeper, emit }: Workspace, run: CurrentRun): Promise<void> {
  run.update({ status: 'stopped' });
  const step = await keeper.noteStatus(run, 'stopped');
  // Steps that could not be stored before are tried once more. Nothing else is written anew, and
  // nothing that was deleted meanwhile.
  const isUnkept = step === undefined ? run.version.generation === 0 : step !== run.step;
  if (isUnkept) await keeper.save(run);
  emit(run.news());
}

/** Losses that went off in the last step are what the run ends with: whoever goes on has seen them. */
export async function acceptEnd({ keeper, emit }: Workspace, run: CurrentRun): Promise<void> {
  run.doubt = undefined;
  run.update({ status: 'finished' });
  await keeper.save(run);
  emit(run.news());
}
