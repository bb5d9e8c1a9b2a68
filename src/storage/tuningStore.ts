import type { TuningMemory, TuningRecord } from '../domain/tuning.ts';
import type { WorkbenchDatabase } from './database.ts';

/** Keeps in IndexedDB what was measured of the kernels on this machine. */
export class TuningStore implements TuningMemory {
  constructor(private readonly database: WorkbenchDatabase) {}

  read(key: string): Promise<TuningRecord | undefined> {
    return this.database.get('tuning', key);
  }

  async write(key: string, record: TuningRecord): Promise<void> {
    await this.database.put('tuning', record, key);
  }

  async clear(): Promise<void> {
    await this.database.clear('tuning');
  }
}
