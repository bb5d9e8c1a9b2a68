import { type HoldingKind, WriterLock, writerLock } from '../../storage/locks.ts';
import { whenOccupied } from '../../storage/occupancy.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** The turn to write runs, which one tab has at a time. */
export class WritingTurn {
  private readonly lock: WriterLock;
  /** Whether a tab may have died while it wrote: before this one came, or since another had the turn for long. */
  private mayBeLeft = true;
  /** Ends the listening to other tabs. */
  readonly close: () => void;

  /**
   * @param sweep removes what a tab left that died while it wrote: it reads the keys of all that is stored, so
   *   that a checkpoint does not wait for it each time
   */
  constructor(
    site: string,
    private readonly sweep: () => Promise<void>,
  ) {
    const name = writerLock(site);
    this.lock = new WriterLock(name);
    this.close = whenOccupied(name, () => {
      if (!this.lock.isHeld) this.mayBeLeft = true;
    });
  }

  /** Takes the turn, until the function that it gives is called. Refused where another tab has it. */
  async take(kind?: HoldingKind, patienceMs?: number): Promise<() => void> {
    const wasWriting = this.lock.isHeld;
    const stopWriting = await this.lock.hold(kind, patienceMs);
    if (!stopWriting) throw new WorkbenchError('storage.inUse');
    // Chunks of our own checkpoint in progress stay.
    if (!wasWriting && this.mayBeLeft) await this.sweepOnce();
    return stopWriting;
  }

  private async sweepOnce(): Promise<void> {
    this.mayBeLeft = false;
    try {
      await this.sweep();
    } catch {
      this.mayBeLeft = true;
    }
  }
}
