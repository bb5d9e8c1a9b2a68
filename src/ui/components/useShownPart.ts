import { type RefObject, useEffect, useRef, useState } from 'react';

/** As much of a long list as is shown. */
export interface ShownPart<T> {
  readonly shown: readonly T[];
  /** How many more there are, and how many of them are shown when more are asked for. */
  readonly left: number;
  readonly next: number;
  showMore(): void;
  /** Of the list: the focus goes to the first of those that were asked for. */
  readonly list: RefObject<HTMLUListElement | null>;
}

/** Shows some of a list, and some more each time they are asked for: the page stays as long as its user wants. */
export function useShownPart<T>(all: readonly T[], first: number, more: number): ShownPart<T> {
  const [most, setMost] = useState(first);
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number>(undefined);
  const left = Math.max(0, all.length - most);
  useEffect(() => {
    if (firstNew.current === undefined || most <= firstNew.current) return;
    list.current?.children[firstNew.current]
      ?.querySelector<HTMLElement>('button, a, input')
      ?.focus();
    firstNew.current = undefined;
  }, [most]);
  return {
    ...{ shown: all.slice(0, most), left, next: Math.min(left, more), list },
    showMore: () => {
      firstNew.current = most;
      setMost(most + more);
    },
  };
}
