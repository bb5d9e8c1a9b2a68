import type { KeptKind } from '../domain/runs/unreadable.ts';
import type { Connection } from './connection.ts';
import { inTransaction, keysOf } from './database.ts';

/** Something as it lies in a store, whatever it is. */
export interface RawRecord {
  /** Its store, and where it has one a key within what belongs together: `chunks/2-0`. */
  readonly name: string;
  readonly value: unknown;
}

/** All that is stored of one thing, one record at a time: what cannot be read can be taken away. */
export async function* rawRecords(
  connection: Connection,
  kind: KeptKind,
  id: string,
): AsyncGenerator<RawRecord> {
  const database = await connection.database();
  const one = (name: 'runs' | 'datasets' | 'drawings') =>
    inTransaction(database, [name], 'readonly', async ({ store }) => store.get(id));
  const many = async function* (name: 'commits' | 'chunks' | 'curves' | 'datasetParts') {
    const keys = await inTransaction(database, [name], 'readonly', ({ store }) =>
      store.getAllKeys(keysOf(id)),
    );
    for (const key of keys) {
      const value = await inTransaction(database, [name], 'readonly', async ({ store }) =>
        store.get(key as never),
      );
      yield { name: `${name}/${(key as readonly unknown[]).slice(1).join('-')}`, value };
    }
  };
  if (kind === 'drawing') yield { name: 'drawings', value: await one('drawings') };
  if (kind === 'run') {
    yield { name: 'runs', value: await one('runs') };
    yield* many('commits');
    yield* many('chunks');
    yield* many('curves');
  }
  if (kind === 'dataset') {
    yield { name: 'datasets', value: await one('datasets') };
    yield* many('datasetParts');
  }
}
