/**
 * How often a run is kept, whatever its recipe asks for: a link may ask for a checkpoint a step, which wears
 * a disk and fills it. The first ones come as asked for; who goes on asking faster than this is kept less
 * often, and loses at most as much as lies between.
 */

/** So many at once, and then one in this time. */
const MOST_AT_ONCE = 100;
const MS_EACH = 2000;

/** So much at once, and then so much an hour: a checkpoint of AlexNet, 450 MB, every 40 seconds. */
const BYTES_AT_ONCE = 4e9;
const BYTES_AN_HOUR = 40e9;
const HOUR_MS = 3_600_000;

export class CheckpointPace {
  private count = MOST_AT_ONCE;
  private bytes = BYTES_AT_ONCE;
  private countedAt: number;

  constructor(nowMs: number) {
    this.countedAt = nowMs;
  }

  /** Whether a checkpoint of this size may be written now; one that may counts. */
  allows(checkpointBytes: number, nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.countedAt);
    this.countedAt = nowMs;
    this.count = Math.min(MOST_AT_ONCE, this.count + passedMs / MS_EACH);
    const regained = (passedMs / HOUR_MS) * BYTES_AN_HOUR;
    this.bytes = Math.min(BYTES_AT_ONCE, this.bytes + regained);
    // One that is larger than all at once may be written too, and is waited for after.
    if (this.count < 1 || this.bytes <= 0) return false;
    this.count -= 1;
    this.bytes -= checkpointBytes;
    return true;
  }
}
