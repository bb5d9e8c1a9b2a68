/**
 * What keeps the tabs of one origin out of each other's way (Web Locks). Runs may be read in every
 * tab at any time, but only the one that holds the writer's lock writes or removes checkpoints: while
 * it trains (from Train or Resume to a pause or the end), imports, or clears away what is deleted or
 * was left unfinished. The browser takes the lock from a tab that is closed or dies.
 */

import { deferred } from '../util/deferred.ts';
import { lockOverChannel } from './channelLock.ts';

/** The one lock's name. */
export const WRITER_LOCK = 'alexnet-workbench:writer';

/** Long enough for another tab to clear away, too short to look like waiting. */
const PATIENCE_MS = 400;

export class WriterLock {
  private holders = 0;
  private granted: Promise<boolean> | undefined;
  private letGo: (() => void) | undefined;

  constructor(private readonly name = WRITER_LOCK) {}

  get isHeld(): boolean {
    return this.letGo !== undefined;
  }

  /**
   * Gives the function that ends the holding, or nothing where another tab holds the lock. Within
   * this tab holdings nest: the lock is free after the last of them.
   */
  async hold(patienceMs = PATIENCE_MS): Promise<(() => void) | undefined> {
    this.granted ??= this.request(patienceMs);
    const { granted } = this;
    this.holders++;
    if (!(await granted)) {
      this.leave();
      return undefined;
    }
    let over = false;
    return () => {
      if (!over) this.leave();
      over = true;
    };
  }

  private leave(): void {
    this.holders--;
    if (this.holders > 0) return;
    this.granted = undefined;
    this.letGo?.();
    this.letGo = undefined;
  }

  /** On a busy machine a free lock may come late; only where another tab has it is it refused. */
  private async request(patienceMs: number): Promise<boolean> {
    // Absent outside of secure contexts.
    const locks: LockManager | undefined = navigator.locks;
    if (!locks) {
      this.letGo = await lockOverChannel(this.name);
      return this.isHeld;
    }
    while (!(await this.isGrantedWithin(patienceMs, locks))) {
      const { held = [] } = await locks.query();
      if (held.some(({ name }) => name === this.name)) return false;
    }
    return true;
  }

  private isGrantedWithin(patienceMs: number, locks: LockManager): Promise<boolean> {
    const { promise, resolve } = deferred<boolean>();
    locks
      .request(this.name, { signal: AbortSignal.timeout(patienceMs) }, () => {
        resolve(true);
        return new Promise<void>((letGo) => {
          this.letGo = letGo;
        });
      })
      .catch(() => resolve(false));
    return promise;
  }
}
