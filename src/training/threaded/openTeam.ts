import { ThreadTeam } from '../../engine/wasm/threads/threadTeam.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** Throws `engine.noHeap` where the browser does not give so much memory. */
export async function openTeam(bytes: number, threads: number): Promise<ThreadTeam> {
  try {
    return await ThreadTeam.open(bytes, threads);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WorkbenchError('engine.noHeap', { neededMB: Math.round(bytes / 1e6) });
  }
}
