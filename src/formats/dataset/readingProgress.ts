import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';

export interface ReadingOptions {
  /** Called often while files are read; bytes as they are in memory, not as they are packed. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Ends the reading with `dataset.cancelled`. */
  readonly signal?: AbortSignal;
}

/** How long other messages may have to wait. */
const LONGEST_STRETCH_MS = 50;
/** How often the page hears of what is waited for. */
const TOLD_MS = 500;

/** Tells how far reading is, ends it when that is asked for, and lets messages in between. */
export class ReadingProgress {
  private doneBytes = 0;
  private lastPauseMs = performance.now();

  constructor(
    private readonly totalBytes: number,
    private readonly options: ReadingOptions,
  ) {}

  /** To be awaited after every piece of work, with the bytes that it took. */
  readonly advance = async (bytes: number): Promise<void> => {
    const { onProgress, signal } = this.options;
    this.doneBytes = Math.min(this.totalBytes, this.doneBytes + bytes);
    if (performance.now() - this.lastPauseMs > LONGEST_STRETCH_MS) {
      onProgress?.(this.doneBytes, this.totalBytes);
      await new Promise((resolve) => setTimeout(resolve));
      this.lastPauseMs = performance.now();
    }
    if (signal?.aborted) throw new WorkbenchError('dataset.cancelled');
  };

  /** What is done elsewhere, meanwhile as cancelled as all else: a picture may take the browser minutes. */
  async waitingFor<T>(work: Promise<T>): Promise<T> {
    const { onProgress, signal } = this.options;
    const told = setInterval(() => onProgress?.(this.doneBytes, this.totalBytes), TOLD_MS);
    const cancelled = deferred<never>();
    const cancel = () => cancelled.reject(new WorkbenchError('dataset.cancelled'));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await Promise.race([work, cancelled.promise]);
    } finally {
      clearInterval(told);
      signal?.removeEventListener('abort', cancel);
    }
  }

  finish(): void {
    this.options.onProgress?.(this.totalBytes, this.totalBytes);
  }
}
