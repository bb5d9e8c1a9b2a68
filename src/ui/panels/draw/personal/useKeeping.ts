import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import { keyName } from '../../../components/keys.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { type Drawing, type DrawingAction, isBlank, type Sheet } from '../drawing.ts';
import { pictureOf } from '../paint.ts';
import { classOfKey } from './selectors.ts';
import { type Undoable, useUndoable } from './useUndoable.ts';

/** What takes longer is told to be under way. */
const PENDING_MS = 200;

interface Keeping {
  readonly canKeep: boolean;
  readonly undoable: Undoable;
  readonly keep: (className: string) => void;
  /** Keeps under the class of the key that was pressed, if it is one. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Keeps the drawing under its name, and clears the surface for the next one. */
export function useKeeping(
  { sheet, isDrawing }: Drawing,
  names: readonly string[],
  act: (action: DrawingAction) => void,
): Keeping {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const undoable = useUndoable();
  const newest = useRef(sheet);
  useEffect(() => {
    newest.current = sheet;
  }, [sheet]);
  /** Two quick presses keep one drawing. */
  const kept = useRef<Sheet>(undefined);
  const canKeep = !isBlank(sheet) && !isDrawing;

  const store = async (className: string) => {
    kept.current = sheet;
    // Mostly it is kept at once; an evaluation, say, has it wait.
    const waiting = setTimeout(
      () => undoable.show({ type: 'keeping', name: className }),
      PENDING_MS,
    );
    try {
      const { id } = await workbench.keepDrawing(pictureOf(sheet), className);
      const undo = async () => {
        await workbench.deleteDrawings([id]);
        act({ type: 'restore', sheet });
      };
      clearTimeout(waiting);
      undoable.show({ type: 'kept', name: className, undo });
      if (newest.current === sheet) act({ type: 'clear' });
    } catch (error) {
      // Why, stands among the notices.
      undoable.show({ type: 'notKept', name: className });
      throw error;
    } finally {
      clearTimeout(waiting);
      kept.current = undefined;
    }
  };
  const keep = (className: string) => {
    if (canKeep && kept.current !== sheet) attempt(store(className));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const className = classOfKey(keyName(event) ?? '', names);
    if (className === undefined || !canKeep) return;
    event.preventDefault();
    keep(className);
  };
  return { canKeep, undoable, keep, onKeyDown };
}
