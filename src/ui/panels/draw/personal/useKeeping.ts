import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import { ignoreRefusal } from '../../../components/ignoreRefusal.ts';
import { type Drawing, type DrawingAction, isBlank } from '../drawing.ts';
import { pictureOf } from '../paint.ts';
import { classOfKey } from './selectors.ts';
import { type Undoable, useUndoable } from './useUndoable.ts';

interface Keeping {
  readonly canKeep: boolean;
  readonly undoable: Undoable;
  readonly keep: (className: string) => void;
  /** Keeps under the class of the key that was pressed, if it is one. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Keeps the drawing under its name, and clears the surface for the next one. */
export function useKeeping(
  drawing: Drawing,
  names: readonly string[],
  act: (action: DrawingAction) => void,
): Keeping {
  const workbench = useWorkbench();
  const undoable = useUndoable();
  const newest = useRef(drawing);
  useEffect(() => {
    newest.current = drawing;
  }, [drawing]);
  /** Two quick presses keep one drawing. */
  const kept = useRef<Drawing>(undefined);
  const canKeep = !isBlank(drawing) && !drawing.isDrawing;

  const store = async (className: string) => {
    kept.current = drawing;
    try {
      const { id } = await workbench.keepDrawing(pictureOf(drawing), className);
      const undo = async () => {
        await workbench.deleteDrawings([id]);
        kept.current = undefined;
        act({ type: 'restore', drawing });
      };
      undoable.show({ type: 'kept', name: className, undo });
      if (newest.current === drawing) act({ type: 'clear' });
    } catch (error) {
      kept.current = undefined;
      throw error;
    }
  };
  const keep = (className: string) => {
    if (canKeep && kept.current !== drawing) ignoreRefusal(store(className));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const className = classOfKey(event.key, names);
    if (className === undefined || !canKeep) return;
    event.preventDefault();
    keep(className);
  };
  return { canKeep, undoable, keep, onKeyDown };
}
