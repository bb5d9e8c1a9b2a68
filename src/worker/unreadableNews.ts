import type { KeptKind, UnreadableRecord } from '../domain/unreadable.ts';
import type { WorkerEvent } from '../protocol/protocol.ts';

/** Tells the page what is stored and cannot be read, as long as there is anything to tell. */
export class UnreadableNews {
  private readonly told = new Set<KeptKind>();

  constructor(private readonly emit: (event: WorkerEvent) => void) {}

  /** @param records all of their kind */
  tell(kind: KeptKind, records: readonly UnreadableRecord[]): void {
    const isNews = records.length > 0 || this.told.has(kind);
    if (records.length > 0) this.told.add(kind);
    else this.told.delete(kind);
    if (isNews) this.emit({ type: 'unreadable', kind, records });
  }
}
