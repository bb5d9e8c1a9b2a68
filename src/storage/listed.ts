import type { KeptKind, UnreadableRecord } from '../domain/runs/unreadable.ts';
import { hiddenAt } from './hidden.ts';
import {
  fieldOf,
  nameIn,
  type RecordStore,
  readRecord,
  type StoredRecord,
} from './records/readRecord.ts';

/** What a store lists: what can be read, and what lies there and cannot. */
export interface Listed<T> {
  readonly readable: readonly T[];
  readonly unreadable: readonly UnreadableRecord[];
}

export const nothingListed: Listed<never> = { readable: [], unreadable: [] };

/** All records of a store that are not hidden. */
export function listed<Store extends RecordStore>(
  store: Store,
  kind: KeptKind,
  records: readonly unknown[],
): Listed<StoredRecord<Store>> {
  const readable: StoredRecord<Store>[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const stored of records) {
    if (hiddenAt(stored) !== undefined) continue;
    const read = readRecord(store, stored);
    if ('record' in read) {
      readable.push(read.record);
      continue;
    }
    const { problem } = read;
    const name = nameIn(stored);
    const id = String(fieldOf(stored, 'id'));
    unreadable.push({ kind, id, problem, ...(name !== undefined && { name }) });
  }
  return { readable, unreadable };
}
