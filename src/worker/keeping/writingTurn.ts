import { type HoldingKind, WriterLock, writerLock } from '../../storage/locks.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** The turn to write runs, which one tab has at a time. */
export class WritingTurn {
  private readonly lock: WriterLock;

  /** @param sweep removes what a tab left that died while it wrote */
  constructor(
    site: string,
    private readonly sweep: () => Promise<void>,
  ) {
    this.lock = new WriterLock(writerLock(site));
  }

  /** Takes the turn, until the function that it gives is called. Refused where another tab has it. */
  async take(kind?: HoldingKind, patienceMs?: number): Promise<() => void> {
    const wasWriting = this.lock.isHeld;
    const stopWriting = await this.lock.hold(kind, patienceMs);
    if (!stopWriting) throw new WorkbenchError('storage.inUse');
    // Chunks of our own checkpoint in progress stay.
    if (!wasWriting) await this.sweep().catch(() => undefined);
    return stopWriting;
  }
}
