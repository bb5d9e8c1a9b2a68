import { useEffect, useRef, useState } from 'react';

/** What is drawn from the value may take this share of the time, and no more. */
const DRAWING_SHARE = 0.25;

/**
 * Follows a value that changes often, at most once in `intervalMs`, and less often where to draw it
 * takes so long that nothing else would get its turn. The last value always comes.
 */
export function useThrottled<T>(value: T, intervalMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(0);
  const drawnMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it has been drawn when this runs.
  useEffect(() => {
    if (shownAt.current > 0) drawnMs.current = performance.now() - shownAt.current;
  }, [shown]);
  useEffect(() => {
    const restMs = Math.max(intervalMs, drawnMs.current / DRAWING_SHARE);
    const waitMs = Math.max(0, shownAt.current + restMs - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, intervalMs]);
  return shown;
}
