import { type RefObject, useEffect, useState } from 'react';

/** Takes the file that is dropped on the element, or pasted where no text is typed. */
export function usePictureIntake(
  target: RefObject<HTMLElement | null>,
  onFile: (file: File) => void,
): { readonly isOver: boolean } {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      const isInside = event.relatedTarget instanceof Node && element.contains(event.relatedTarget);
      if (!isInside) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      setIsOver(false);
      onFile(file);
    };
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea');
      if (!file || isTyping) return;
      event.preventDefault();
      onFile(file);
    };
    element.addEventListener('dragover', over);
    element.addEventListener('dragleave', leave);
    element.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [target, onFile]);
  return { isOver };
}
