import type { Settle } from './page.mjs';

declare global {
  interface Window {
    /** Put into the page by `prepareCalls`. */
    settle: Settle;
  }
}
