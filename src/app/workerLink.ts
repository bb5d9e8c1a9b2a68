import * as Comlink from 'comlink';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import type { WorkerApi } from '../protocol/protocol.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { type HeardMessage, readWorkerMessage } from '../protocol/workerMessages.ts';
import { deferred } from '../util/deferred.ts';
import { WorkbenchError } from '../util/errors.ts';

/** How long a worker may be silent beyond what it asked for, before it is taken for hung. */
const SILENCE_MS = 15_000;
const CHECK_MS = 1000;

/**
 * One worker and the calls to it. A worker that dies, or hangs, never answers: here its calls reject
 * instead, and `onFault` hears of it, once.
 */
export class WorkerLink {
  readonly api: Comlink.Remote<WorkerApi>;
  private readonly ended = deferred<never>();
  /** What an ended worker still had on its way is of no concern. */
  private readonly over = new AbortController();
  private readonly check: ReturnType<typeof setInterval>;
  private heardAt = performance.now();
  private checkedAt = performance.now();
  /** How long the worker expects to be busy without a word. */
  private busyMs = 0;
  /** What one worker says that nobody understands is told once. */
  private hasToldOfUnknown = false;

  constructor(
    private readonly worker: Worker,
    private readonly onEvent: (event: WorkerEvent) => void,
    private readonly onFault: (fault: WorkbenchError) => void,
  ) {
    transferWorkbenchErrors();
    this.api = Comlink.wrap<WorkerApi>(worker);
    this.ended.promise.catch(() => {
      // Whoever waits for a call hears of it; nobody may be waiting.
    });
    worker.onerror = ({ message }) => {
      const problem = message || ({ code: 'worker.notLoaded' } as const);
      this.fail(new WorkbenchError('worker.failed', { problem }));
    };
    const onMessage = ({ data }: MessageEvent<unknown>) => this.hear(readWorkerMessage(data));
    worker.addEventListener('message', onMessage, { signal: this.over.signal });
    this.check = setInterval(() => this.checkSilence(), CHECK_MS);
  }

  /** The answer to a call, or a rejection when the worker ends before it answers. */
  call<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.ended.promise]);
  }

  /** Ends the worker; its calls reject with `reason`. */
  end(reason: WorkbenchError): void {
    clearInterval(this.check);
    this.over.abort();
    this.worker.terminate();
    this.ended.reject(reason);
  }

  private hear(message: HeardMessage): void {
    this.heardAt = performance.now();
    if (message.kind === 'word') {
      this.busyMs = message.busyMs;
      if (message.event) this.onEvent(message.event);
    } else if (message.kind === 'unknown' && !this.hasToldOfUnknown) {
      this.hasToldOfUnknown = true;
      const params = { problem: message.problem };
      const { code, message: words } = new WorkbenchError('message.ignored', params);
      this.onEvent({ type: 'error', kind: 'warning', code, params, message: words });
    }
  }

  private fail(fault: WorkbenchError): void {
    clearInterval(this.check);
    this.onFault(fault);
  }

  private checkSilence(): void {
    const now = performance.now();
    // The page itself was frozen or busy: what the worker said meanwhile is still to be read.
    const wasLate = now - this.checkedAt > 3 * CHECK_MS;
    this.checkedAt = now;
    if (wasLate) this.heardAt = now;
    const silentMs = now - this.heardAt;
    if (silentMs <= SILENCE_MS + this.busyMs) return;
    this.fail(new WorkbenchError('worker.silent', { seconds: Math.round(silentMs / 1000) }));
  }
}
