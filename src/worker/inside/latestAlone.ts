import { WorkbenchError } from '../../util/errors.ts';

/** How long a pause goes on before it is asked again how long it is. */
const MOST_SLEEP_MS = 100;

interface Waiting {
  readonly begin: () => Promise<void>;
  readonly giveUp: (reason: unknown) => void;
}

/**
 * Does what is asked one after the other, with a pause in between; of what waits meanwhile only what was
 * asked last is done, and the rest rejects with `inside.overtaken`.
 */
export class LatestAlone {
  private waiting: Waiting | undefined;
  private isBusy = false;

  /** @param pauseMs how long to rest after something that took `tookMs`, as things stand when it is asked */
  constructor(private readonly pauseMs: (tookMs: number) => number) {}

  ask<T>(task: () => Promise<T>): Promise<T> {
    this.waiting?.giveUp(new WorkbenchError('inside.overtaken'));
    return new Promise((resolve, reject) => {
      const begin = () => task().then(resolve, reject);
      this.waiting = { begin, giveUp: reject };
      if (!this.isBusy) this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = undefined;
      const startedAt = performance.now();
      await next.begin();
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
