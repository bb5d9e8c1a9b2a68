import { useState } from 'react';
import { useAttempt } from '../../../components/useAttempt.ts';

/** Something that was added to the personal test set, and how to take it back. */
export type Change =
  | { readonly type: 'kept'; readonly name: string; readonly undo: () => Promise<void> }
  | {
      readonly type: 'imported';
      readonly total: number;
      readonly known: number;
      readonly undo: () => Promise<void>;
    }
  | { readonly type: 'keeping' | 'notKept'; readonly name: string }
  | { readonly type: 'undone' };

export interface Undoable {
  readonly change: Change | undefined;
  readonly show: (change: Change | undefined) => void;
  readonly undo: () => void;
}

/** The last change, as long as nothing else was done. */
export function useUndoable(): Undoable {
  const attempt = useAttempt();
  const [change, show] = useState<Change>();
  const undo = () => {
    if (!change || !('undo' in change)) return;
    attempt(change.undo().then(() => show({ type: 'undone' })));
  };
  return { change, show, undo };
}
