import { abortedWith } from '../../util/abortedWith.ts';
import type { Phrase } from '../../util/errors.ts';

/** Slower than any line that a data set comes over: after so long without a byte none will come. */
const MOST_SILENT_MS = 60_000;

/** A transfer over the network that ends when it is cancelled, and when nothing comes any more. */
export interface Transfer {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  /** Why it was ended by itself, if it was. */
  readonly stall: Phrase | undefined;
  /** To be called with every piece that came. */
  noteBytes(): void;
  /** To be called in the end, whatever the end. */
  close(): void;
}

export function openTransfer(cancel: AbortSignal, mostSilentMs = MOST_SILENT_MS): Transfer {
  const { controller, release } = abortedWith(cancel);
  let stall: Phrase | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const noteBytes = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stall = { code: 'wait.noBytes', params: { seconds: Math.round(mostSilentMs / 1000) } };
      controller.abort();
    }, mostSilentMs);
  };
  noteBytes();
  return {
    signal: controller.signal,
    get stall() {
      return stall;
    },
    noteBytes,
    close() {
      clearTimeout(timer);
      release();
    },
  };
}
