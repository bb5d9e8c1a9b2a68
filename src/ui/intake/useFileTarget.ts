import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react';
import { useWorkbench } from '../../app/useStore.ts';
import { useFileIntake } from './FileIntakeProvider.tsx';
import type { FileWish } from './fileIntake.ts';

export interface FileTarget {
  /** Of the element onto which files can be dropped and pasted. */
  readonly ref: RefCallback<HTMLElement>;
  /** Whether files are held over it. */
  readonly isOver: boolean;
  /** For the buttons that ask for files. */
  readonly wish: FileWish;
}

/** Makes a part of the page a place for files. What is refused stands among the notices. */
export function useFileTarget(
  wanted: Omit<FileWish, 'onRefused'> & Partial<Pick<FileWish, 'onRefused'>>,
): FileTarget {
  const intake = useFileIntake();
  const { tell } = useWorkbench();
  const [isOver, setIsOver] = useState(false);
  const wish = { onRefused: tell, ...wanted };
  const newest = useRef<FileWish>(wish);
  useEffect(() => {
    newest.current = wish;
  });
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      return intake.add(element, { wish: () => newest.current, onOver: setIsOver });
    },
    [intake],
  );
  return { ref, isOver, wish };
}
