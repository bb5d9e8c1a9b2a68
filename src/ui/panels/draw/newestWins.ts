/**
 * Works on one value at a time, and begins at most once in an interval. Of the values that come
 * meanwhile only the newest is worked on: who draws wants to know what this is, not what it was.
 */
export class NewestWins<Value> {
  private waiting: { readonly value: Value } | undefined;
  private isWorking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beganAt = Number.NEGATIVE_INFINITY;

  constructor(
    /** Tells of its failures itself: here they only end it. */
    private readonly work: (value: Value) => Promise<void>,
    private readonly intervalMs: number,
  ) {}

  ask(value: Value): void {
    this.waiting = { value };
    this.next();
  }

  /** Drops what waits. What is being worked on goes on. */
  forget(): void {
    this.waiting = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private next(): void {
    if (!this.waiting || this.isWorking || this.timer !== undefined) return;
    const waitMs = this.beganAt + this.intervalMs - performance.now();
    if (waitMs > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.next();
      }, waitMs);
      return;
    }
    const { value } = this.waiting;
    this.waiting = undefined;
    this.isWorking = true;
    this.beganAt = performance.now();
    const rest = () => {
      this.isWorking = false;
      this.next();
    };
    this.work(value).then(rest, rest);
  }
}
