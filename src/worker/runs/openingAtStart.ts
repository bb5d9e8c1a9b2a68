import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import { mostSetBytes } from '../../domain/machine/deviceRoom.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import type { StartOptions } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { errorEvent } from '../calls/failures.ts';
import type { Workspace } from '../workspace.ts';

/** What a start does not open by itself, and why: the page offers to open it all the same. */

type Options = Pick<StartOptions, 'datasetId' | 'passOver'>;

/** Why a set is passed over; nothing where it is opened. */
export function reasonToPassOverSet(
  { id, name, bytes }: Pick<KeptDataset, 'id' | 'name' | 'bytes'>,
  { passOver = [], datasetId }: Options,
  memoryGiB: number | undefined,
): WorkbenchError | undefined {
  if (passOver.includes(id)) return new WorkbenchError('start.passedOverSet', { name, id });
  // What the page had in use was opened by its user, however large it is.
  if (id === datasetId || bytes <= mostSetBytes(memoryGiB)) return undefined;
  const [megabytes, memory] = [Math.ceil(bytes / 1e6), memoryGiB ?? 0];
  return new WorkbenchError('start.largeSet', { name, id, megabytes, memory });
}

/** The same of a run. */
export function reasonToPassOverRun(
  id: string,
  runs: readonly RunSummary[],
  { passOver = [] }: Options,
): WorkbenchError | undefined {
  if (!passOver.includes(id)) return undefined;
  const name = runs.find((run) => run.id === id)?.name ?? id;
  return new WorkbenchError('start.passedOverRun', { name, id });
}

/**
 * The run that the page had, if it is there; else the one that was used last, unless the start is to be safe.
 * Where it cannot be read that is told, and nothing else.
 * @param runs as lists show them, the one used last first
 */
export async function openRunAtStart(
  workspace: Workspace,
  runs: readonly RunSummary[],
  options: StartOptions,
): Promise<void> {
  const { keeper, emit } = workspace;
  const { runId, safe } = options;
  // Another tab may have deleted it meanwhile; as long as that can be undone it is there, and goes on.
  const last = safe ? undefined : runs[0]?.id;
  const id = runId !== undefined && (await keeper.isThere(runId)) ? runId : last;
  const reason = id === undefined ? undefined : reasonToPassOverRun(id, runs, options);
  if (reason) emit({ ...errorEvent(reason), kind: 'warning' });
  else if (id !== undefined) {
    await workspace.openStored(id).catch((error) => emit(errorEvent(error)));
  }
}
