import { useState } from 'react';

/** As much of a long list as is shown. */
export interface ShownPart<T> {
  readonly shown: readonly T[];
  /** How many more there are, and how many of them are shown when more are asked for. */
  readonly left: number;
  readonly next: number;
  showMore(): void;
}

/** Shows some of a list, and some more each time they are asked for: the page stays as long as its user wants. */
export function useShownPart<T>(all: readonly T[], first: number, more: number): ShownPart<T> {
  const [most, setMost] = useState(first);
  const left = Math.max(0, all.length - most);
  return {
    ...{ shown: all.slice(0, most), left, next: Math.min(left, more) },
    showMore: () => setMost(most + more),
  };
}
