import { WorkbenchError } from '../util/errors.ts';
import { withFailure } from './reduce.ts';
import type { WorkbenchStore } from './store.ts';

/** Failures that need no further word: they stand among the notices, or who met them knows. */
const told = new WeakSet<object>();

export function markTold(failure: unknown): void {
  if (failure instanceof Error) told.add(failure);
}

export function isTold(failure: unknown): boolean {
  return failure instanceof Error && told.has(failure);
}

/** Has a failure stand among the notices, unless it does or did. */
export function tellFailure(store: WorkbenchStore, failure: unknown): void {
  if (isTold(failure)) return;
  markTold(failure);
  store.setState((state) => {
    const next = withFailure(state, failure);
    // What fails sixty times a second is said once.
    const message = next.notices.at(-1)?.message;
    const isRepeated = state.notices.some((notice) => notice.message === message);
    return isRepeated && !(failure instanceof WorkbenchError) ? state : next;
  });
}

/**
 * Tells of errors and rejections that nobody caught. They stay in the browser's log too: they are
 * mistakes of this page, and their stack says where.
 */
export function tellUncaught(target: Window, tell: (failure: unknown) => void): () => void {
  const onError = ({ error, filename }: ErrorEvent) => {
    // Without an error it is a remark of the browser's; extensions have pages of their own.
    if (error && !/^[a-z]+-extension:/.test(filename)) tell(error);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    if (isTold(event.reason)) event.preventDefault();
    else tell(event.reason);
  };
  target.addEventListener('error', onError);
  target.addEventListener('unhandledrejection', onRejection);
  return () => {
    target.removeEventListener('error', onError);
    target.removeEventListener('unhandledrejection', onRejection);
  };
}
