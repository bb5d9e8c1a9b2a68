import { useEffect, useRef, useState } from 'react';

/** What is drawn from the value may take this share of the time, and no more. */
const DRAWING_SHARE = 0.25;
/** A frame that came late for another reason does not make the page look dead. */
const LONGEST_REST_MS = 2000;

/**
 * Follows a value that changes often, at most once in `intervalMs`, and less often where to draw it
 * takes so long that nothing else would get its turn. The last value always comes.
 */
export function useThrottled<T>(value: T, intervalMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(0);
  const drawnMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is what was drawn.
  useEffect(() => {
    // The charts draw once more when they have measured themselves, and then the browser lays out and
    // paints: all of it has been done when the first task after the frame has its turn.
    const frame = requestAnimationFrame(() => {
      setTimeout(() => {
        if (shownAt.current > 0) drawnMs.current = performance.now() - shownAt.current;
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  useEffect(() => {
    const neededMs = Math.min(LONGEST_REST_MS, drawnMs.current / DRAWING_SHARE);
    const restMs = Math.max(intervalMs, neededMs);
    const waitMs = Math.max(0, shownAt.current + restMs - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, intervalMs]);
  return shown;
}
