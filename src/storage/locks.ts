/**
 * What keeps the tabs of one origin out of each other's way (Web Locks). Runs may be read in every
 * tab at any time, but only the one that holds the writer's lock writes or removes checkpoints: while
 * it trains (from Train or Resume to a pause or the end), imports, or clears away what is deleted or
 * was left unfinished. The browser takes the lock from a tab that is closed or dies.
 *
 * Most holdings are over in a moment, and the browser takes its time over a tab that dies: whoever wants
 * the lock waits for it (over plain http, where there are no locks, it asks again and again). Only a tab
 * that holds it for as long as its user likes refuses the others, and says so itself when they ask: that it
 * lives and trains is known from nobody else.
 */

import { deferred } from '../util/deferred.ts';
import { FIRST_SITE } from '../util/siteName.ts';
import { waitOverChannel } from './channelLock.ts';
import { Occupancy, whenOccupied } from './occupancy.ts';

/** The name of the one lock of a site. */
export const writerLock = (site = FIRST_SITE) => `${site}:writer`;

/** For a tab that neither lets go nor says a word: it hangs, or works on a step of a large network. */
const PATIENCE_MS = 10_000;

/** Between two questions where there are no locks. */
const PAUSE_MS = 300;

/** `long`: as long as a user likes. */
export type HoldingKind = 'brief' | 'long';

/**
 * Where the browser denies a page its storage, it denies it the locks over it too. Nothing is there then
 * that another tab could write.
 */
export function isDenied(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'SecurityError';
}

export class WriterLock {
  private readonly holders: HoldingKind[] = [];
  private granted: Promise<boolean> | undefined;
  private letGo: (() => void) | undefined;
  private readonly occupancy: Occupancy;

  constructor(private readonly name = writerLock()) {
    this.occupancy = new Occupancy(name);
  }

  get isHeld(): boolean {
    return this.letGo !== undefined;
  }

  /**
   * Gives the function that ends the holding, or nothing where another tab holds the lock. Within
   * this tab holdings nest: the lock is free after the last of them.
   */
  async hold(
    kind: HoldingKind = 'brief',
    patienceMs = PATIENCE_MS,
  ): Promise<(() => void) | undefined> {
    const isJoining = this.granted !== undefined;
    this.granted ??= this.request(patienceMs);
    const { granted } = this;
    this.holders.push(kind);
    if (!(await granted)) {
      if (this.granted === granted) this.granted = undefined;
      this.leave(kind);
      // Whoever asked first may have had less patience.
      return isJoining ? this.hold(kind, patienceMs) : undefined;
    }
    if (kind === 'long') this.occupancy.begin();
    let over = false;
    return () => {
      if (!over) this.leave(kind);
      over = true;
    };
  }

  private leave(kind: HoldingKind): void {
    this.holders.splice(this.holders.indexOf(kind), 1);
    if (!this.holders.includes('long')) this.occupancy.end();
    if (this.holders.length > 0) return;
    this.granted = undefined;
    this.letGo?.();
    this.letGo = undefined;
  }

  /** Asked for again and again, in a bounded time, unless a tab says that it has the lock for long. */
  private async overChannel(patienceMs: number): Promise<(() => void) | undefined> {
    let isOccupied = false;
    const stopAsking = whenOccupied(this.name, () => {
      isOccupied = true;
    });
    const waiting = { pauseMs: PAUSE_MS, mostMs: patienceMs, isHopeless: () => isOccupied };
    return waitOverChannel(this.name, waiting).finally(stopAsking);
  }

  private async request(patienceMs: number): Promise<boolean> {
    // Absent outside of secure contexts.
    const locks: LockManager | undefined = navigator.locks;
    if (!locks) {
      this.letGo = await this.overChannel(patienceMs);
      return this.isHeld;
    }
    const giveUp = new AbortController();
    const { promise, resolve } = deferred<boolean>();
    locks
      .request(this.name, { signal: giveUp.signal }, () => {
        if (giveUp.signal.aborted) return undefined;
        resolve(true);
        return new Promise<void>((letGo) => {
          this.letGo = letGo;
        });
      })
      .then(
        () => resolve(false),
        (error: unknown) => {
          if (isDenied(error)) this.letGo = () => undefined;
          resolve(isDenied(error));
        },
      );
    // Chromium forgets a signal that comes while it takes the request in, and lets it wait on.
    giveUp.signal.addEventListener('abort', () => resolve(false));
    const stopAsking = whenOccupied(this.name, () => giveUp.abort());
    const timer = setTimeout(() => giveUp.abort(), patienceMs);
    return promise.finally(() => {
      clearTimeout(timer);
      stopAsking();
    });
  }
}
