import type { KeptKind, UnreadableRecord } from '../../domain/runs/unreadable.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { errorEvent } from '../calls/failures.ts';

/**
 * Tells the page what is stored and cannot be read: the first time, since the page may still show what the
 * worker before this one told, and then as long as there is anything to tell.
 */
export class UnreadableNews {
  private readonly looked = new Set<KeptKind>();
  private readonly told = new Set<KeptKind>();

  constructor(private readonly emit: (event: WorkerEvent) => void) {}

  /** @param records all of their kind */
  tell(kind: KeptKind, records: readonly UnreadableRecord[]): void {
    const wasTold = this.told.has(kind);
    const isFirst = !this.looked.has(kind);
    this.looked.add(kind);
    const count = records.length;
    if (count > 0) this.told.add(kind);
    else this.told.delete(kind);
    if (isFirst || count > 0 || wasTold) this.emit({ type: 'unreadable', kind, records });
    if (count === 0 || wasTold) return;
    // The list of them stands low on the page, and who misses a run looks for it at the top.
    const [first] = records;
    const params = { count, name: first?.name ?? first?.id ?? '' };
    this.emit({ ...errorEvent(new WorkbenchError('storage.leftUnread', params)), kind: 'warning' });
  }
}
