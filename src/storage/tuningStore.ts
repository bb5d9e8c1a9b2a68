import type { TuningMemory, TuningRecord } from '../domain/machine/tuning.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './database.ts';
import { recordIfReadable } from './records/readRecord.ts';

/** Keeps in IndexedDB what was measured of the kernels on this machine. */
export class TuningStore implements TuningMemory {
  constructor(private readonly connection: Connection) {}

  /** What cannot be read is measured again. */
  async read(key: string): Promise<TuningRecord | undefined> {
    const database = await this.connection.database();
    const stored = await inTransaction(database, ['tuning'], 'readonly', ({ store }) =>
      store.get(key),
    );
    return recordIfReadable('tuning', stored);
  }

  async write(key: string, record: TuningRecord): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['tuning'], 'readwrite', ({ store }) => store.put(record, key));
  }

  async clear(): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['tuning'], 'readwrite', ({ store }) => store.clear());
  }
}
