import { WriterLock } from '../storage/locks.ts';
import { WorkbenchError } from '../util/errors.ts';

const SUCCESSOR_PATIENCE_MS = 5000;

/** The turn to write runs, which one tab has at a time. */
export class WritingTurn {
  private readonly lock = new WriterLock();
  private patienceMs: number | undefined;

  /** @param sweep removes what a tab left that died while it wrote */
  constructor(private readonly sweep: () => Promise<void>) {}

  /**
   * Another worker of this page was ended: until the browser has freed its lock, which takes seconds
   * where it hung, the first training waits.
   */
  followAnother(): void {
    this.patienceMs = SUCCESSOR_PATIENCE_MS;
  }

  /** The turn for a training, which may have to wait for its predecessor. */
  async takeForTraining(): Promise<() => void> {
    const { patienceMs } = this;
    this.patienceMs = undefined;
    return this.take(patienceMs);
  }

  /** Takes the turn, until the function that it gives is called. Refused where another tab has it. */
  async take(patienceMs?: number): Promise<() => void> {
    const wasWriting = this.lock.isHeld;
    const stopWriting = await this.lock.hold(patienceMs);
    if (!stopWriting) throw new WorkbenchError('storage.inUse');
    // Chunks of our own checkpoint in progress stay.
    if (!wasWriting) await this.sweep().catch(() => undefined);
    return stopWriting;
  }
}
