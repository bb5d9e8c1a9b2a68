import { WorkbenchError } from '../../util/errors.ts';

/** How long a pause goes on before it is asked again how long it is. */
const MOST_SLEEP_MS = 100;

interface Waiting {
  readonly begin: () => Promise<void>;
  readonly giveUp: (reason: unknown) => void;
}

/**
 * Does what is asked one after the other, with a pause in between; of what waits meanwhile only what was
 * asked last of its kind is done, and the rest rejects with `inside.overtaken`.
 */
export class LatestAlone<Kind> {
  /** In the order in which their kinds began to wait. */
  private readonly waiting = new Map<Kind, Waiting>();
  private isBusy = false;

  /** @param pauseMs how long to rest after something that took `tookMs`, as things stand when it is asked */
  constructor(private readonly pauseMs: (tookMs: number) => number) {}

  ask<T>(kind: Kind, task: () => Promise<T>): Promise<T> {
    this.waiting.get(kind)?.giveUp(new WorkbenchError('inside.overtaken'));
    return new Promise((resolve, reject) => {
      const begin = () => task().then(resolve, reject);
      this.waiting.set(kind, { begin, giveUp: reject });
      if (!this.isBusy) this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    // What comes to wait meanwhile has its turn too: a map is gone through until nothing is left in it.
    for (const [kind, { begin }] of this.waiting) {
      this.waiting.delete(kind);
      const startedAt = performance.now();
      await begin();
      await this.rest(performance.now() - startedAt);
    }
    this.isBusy = false;
  }

  private async rest(tookMs: number): Promise<void> {
    const begunAt = performance.now();
    const left = () => this.pauseMs(tookMs) - (performance.now() - begunAt);
    for (let ms = left(); ms > 0; ms = left()) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, MOST_SLEEP_MS)));
    }
  }
}
