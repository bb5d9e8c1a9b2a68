import { type AblationQueue, readAblation } from '../../domain/ablation/ablationQueue.ts';
import { siteName } from '../siteName.ts';

/** Where the queue of an ablation outlives the page. */
export interface AblationMemory {
  read(): ReturnType<typeof readAblation>;
  write(queue: AblationQueue | undefined): void;
  /** Calls back when another tab has written. */
  onWrittenElsewhere(listener: () => void): void;
}

export const ablationKey = (site = siteName()) => `${site}:ablation`;

/** In this browser; where it refuses, the queue lasts as long as the page. */
export const browserMemory: AblationMemory = {
  read() {
    try {
      return readAblation(localStorage.getItem(ablationKey()));
    } catch {
      return 'none';
    }
  },
  write(queue) {
    try {
      if (queue) localStorage.setItem(ablationKey(), JSON.stringify(queue));
      else localStorage.removeItem(ablationKey());
    } catch {
      // The runs are kept all the same, and carry their mark.
    }
  },
  onWrittenElsewhere(listener) {
    window.addEventListener('storage', ({ key }) => {
      if (key === ablationKey()) listener();
    });
  },
};
