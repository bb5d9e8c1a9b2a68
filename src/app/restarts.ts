/** After so many restarts within the window, the next ones wait: what fails again at once may need time. */
const FREE_RESTARTS = 2;
const WINDOW_MS = 60_000;
/** Chromium forbids WebGPU for a while after the GPU's process crashed twice. */
const WAIT_MS = 30_000;

/** Decides how long the next restart of the worker has to wait. */
export class Restarts {
  private times: number[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes a restart, and gives the milliseconds to wait before it. */
  next(): number {
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < WINDOW_MS), now];
    return this.times.length > FREE_RESTARTS ? WAIT_MS : 0;
  }
}
