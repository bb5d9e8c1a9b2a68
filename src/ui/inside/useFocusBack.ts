import { type RefObject, useEffect, useRef } from 'react';

/** Who closes something is back at the door by which it was opened, unless the focus is elsewhere by then. */
export function useFocusBack(
  body: RefObject<HTMLElement | null>,
  opened: string | undefined,
): void {
  const before = useRef(opened);
  useEffect(() => {
    const closed = opened === undefined ? before.current : undefined;
    before.current = opened;
    if (closed === undefined || document.activeElement !== document.body) return;
    const door = body.current?.querySelector<HTMLElement>(`[data-door="${CSS.escape(closed)}"]`);
    door?.focus({ preventScroll: true });
  }, [body, opened]);
}
