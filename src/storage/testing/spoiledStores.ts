import { readRecord, recordKinds } from '../records/readRecord.ts';
import { fullCommit, fullDataset, fullDrawing, fullNote } from './fullRecords.ts';
import { spoiled } from './spoiled.ts';

/** A record that is spoilt in one way, under an id of its own. */
export interface SpoiledRecord {
  readonly id: string;
  readonly value: object;
  readonly isReadable: boolean;
}

/** As many as the ways to spoil what `make` makes; a field that is part of its key cannot be spoilt. */
function spoiledAll<T extends object>(
  store: 'runs' | 'commits' | 'datasets' | 'drawings',
  make: (id: string) => T,
  keys: readonly (keyof T)[],
): readonly SpoiledRecord[] {
  const ways = [...spoiled(recordKinds[store].schema, make(''))].length;
  const all = Array.from({ length: ways }, (_, way) => {
    const id = `${store} ${way}`;
    const value = [...spoiled(recordKinds[store].schema, make(id))][way]?.value as T;
    return { id, value, isReadable: 'record' in readRecord(store, value) };
  });
  const kept = all.filter(({ id, value }) => keys.every((key) => value[key] === make(id)[key]));
  // Hidden records are spoilt too; here all of them show.
  return kept.map((each) => ({ ...each, value: { ...each.value, deletedAt: undefined } }));
}

/** Every way of spoiling a record of each store, found by walking its schema. */
export function spoiledStores() {
  const isHidden = { deletedAt: 1 };
  return {
    runs: spoiledAll('runs', (id) => ({ ...fullNote(id), ...isHidden }), ['id', 'deletedAt']),
    commits: spoiledAll('commits', fullCommit, ['runId', 'generation']),
    datasets: spoiledAll('datasets', (id) => ({ ...fullDataset(id), ...isHidden }), [
      'id',
      'deletedAt',
    ]),
    drawings: spoiledAll('drawings', (id) => ({ ...fullDrawing(id), ...isHidden }), [
      'id',
      'deletedAt',
    ]),
  };
}
