import { useState } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import { useAttempt } from '../../../components/useAttempt.ts';

/** Something that was done to the personal test set, and how to take it back. */
export type Change =
  | { readonly type: 'kept'; readonly name: string; readonly undo: () => Promise<void> }
  | { readonly type: 'removed'; readonly total: number; readonly undo: () => Promise<void> }
  | {
      readonly type: 'imported';
      readonly total: number;
      readonly known: number;
      readonly undo: () => Promise<void>;
    }
  | { readonly type: 'undone' };

export interface Undoable {
  readonly change: Change | undefined;
  readonly show: (change: Change) => void;
  readonly undo: () => void;
}

/** The last change, as long as nothing else was done. */
export function useUndoable(): Undoable {
  const attempt = useAttempt();
  const [change, show] = useState<Change>();
  const undo = () => {
    if (!change || change.type === 'undone') return;
    attempt(change.undo().then(() => show({ type: 'undone' })));
  };
  return { change, show, undo };
}

/** Removes drawings, and shows it with the way back. */
export function useRemoval(show: Undoable['show']): (ids: readonly string[]) => void {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  return (ids) => {
    const undo = () => workbench.restoreDrawings(ids);
    const removing = workbench
      .deleteDrawings(ids)
      .then(() => show({ type: 'removed', total: ids.length, undo }));
    attempt(removing);
  };
}
