import { WorkbenchError } from '../errors.ts';

/** The refusal that `run` ends in. Any other error is a bug, and so is none. */
export function refusalIn(run: () => unknown): WorkbenchError {
  try {
    run();
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
