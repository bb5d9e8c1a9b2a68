import type { ErrorEvent, WorkerEvent } from '../../protocol/workerEvents.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** A failure as an event, for those that no call waits for. */
export function errorEvent(error: unknown): ErrorEvent {
  if (error instanceof WorkbenchError) {
    const { code, params, message } = error;
    return { type: 'error', code, params, message };
  }
  // Some of the browser's own have a name and no message.
  const words = error instanceof Error ? error.message || error.name : String(error);
  return { type: 'error', message: words };
}

/** Tells of failures that no call waits for, each of a run but once. */
export class Failures {
  /** The run whose failures were told, and which. */
  private readonly told = { runId: '', codes: new Set<string>() };

  constructor(private readonly emit: (event: WorkerEvent) => void) {}

  tell(error: unknown): void {
    this.emit(errorEvent(error));
  }

  warn(error: WorkbenchError): void {
    this.emit({ ...errorEvent(error), kind: 'warning' });
  }

  /** A full disk is full at the next checkpoint too. */
  tellOnce(runId: string, error: unknown): void {
    const { told } = this;
    if (told.runId !== runId) {
      told.runId = runId;
      told.codes.clear();
    }
    if (error instanceof WorkbenchError) {
      // Told when the connection was lost.
      if (error.code === 'storage.outdated' || error.code === 'storage.deleted') return;
      if (told.codes.has(error.code)) return;
      told.codes.add(error.code);
    }
    this.tell(error);
  }
}
