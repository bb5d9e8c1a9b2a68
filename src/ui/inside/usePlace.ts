import { useCallback, useMemo, useSyncExternalStore } from 'react';
import {
  type InsidePlace,
  insideFragment,
  readInsidePlace,
} from '../../domain/inside/insidePlace.ts';

/**
 * What is open, told by the fragment of the address. To open something is a step that the browser's own
 * Back takes back; to choose another map or unit in it is none.
 */
export function usePlace(): {
  place: InsidePlace | undefined;
  open: (place: InsidePlace) => void;
  change: (place: InsidePlace) => void;
} {
  const fragment = useSyncExternalStore(subscribe, () => location.hash);
  const place = useMemo(() => readInsidePlace(fragment), [fragment]);
  const open = useCallback((next: InsidePlace) => {
    location.hash = insideFragment(next);
  }, []);
  const change = useCallback((next: InsidePlace) => {
    const address = new URL(location.href);
    address.hash = insideFragment(next);
    if (address.href === location.href) return;
    history.replaceState(history.state, '', address);
    for (const listener of listeners) listener();
  }, []);
  return { place, open, change };
}

/** `replaceState` tells nobody. */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('hashchange', listener);
  };
}
