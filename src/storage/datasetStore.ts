import { mendedClassNames } from '../domain/data/classNames.ts';
import { type Dataset, type LabelledImages, pixelBytes } from '../domain/data/dataset.ts';
import { arraysOf, type DatasetIdentity } from '../domain/data/datasetIdentity.ts';
import { type KeptDataset, widthIn } from '../domain/data/keptDataset.ts';
import { unpackLabels } from '../domain/data/labels.ts';
import { assert } from '../util/assert.ts';
import { hashOf, PIECE_BYTES, PieceUnpacker, packBytes } from '../util/bytePieces.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { Connection } from './connection.ts';
import { inTransaction, isFull } from './database.ts';
import { hidden, wasHidden } from './hidden.ts';
import { type Listed, listed } from './listed.ts';
import { recordIfReadable, recordOrRefusal } from './records/readRecord.ts';
import { IDS_PART, packIds, withIds } from './rowIds.ts';
import type { DatasetPartKey, WorkbenchDatabase } from './schema.ts';

/**
 * Keeps imported data sets in IndexedDB: their images in parts with hashes, then the note that makes a
 * set of them, durably. A set whose note is not there was never kept; its parts are swept.
 */
export class DatasetStore {
  constructor(
    private readonly connection: Connection,
    private readonly partBytes = PIECE_BYTES,
  ) {}

  /**
   * Resolves once the set is on disk. One that is kept already is only shown again, divided and with the
   * classes named as the user had it; parts of it that are gone or have changed are written anew.
   *
   * @param identity of the set, its hashes those of parts of this store's length
   */
  async save(dataset: Dataset, identity: DatasetIdentity, source: string): Promise<KeptDataset> {
    const database = await this.connection.database();
    const { id, bytes, partHashes } = identity;
    // One that cannot be read is written anew.
    const before = recordIfReadable(
      'datasets',
      await inTransaction(database, ['datasets'], 'readonly', ({ store }) => store.get(id)),
    );
    const note: KeptDataset = {
      ...{ id, bytes, partHashes },
      ...contentOf(dataset),
      ...choicesIn(before),
      ...{ source, importedAt: Date.now() },
    };
    try {
      let index = 0;
      for (const part of packBytes(arraysOf(dataset), bytes, this.partBytes)) {
        const key: DatasetPartKey = [id, index++];
        if (before && (await isWhole(await readPart(database, key), partHashes[key[1]]))) continue;
        await inTransaction(database, ['datasetParts'], 'readwrite', ({ store }) =>
          store.put(part.buffer, key),
        );
      }
      const ids = packIds(dataset);
      await inTransaction(database, ['datasetParts'], 'readwrite', async ({ store }) => {
        if (ids) await store.put(ids, [id, IDS_PART]);
        else await store.delete([id, IDS_PART]);
      });
      await inTransaction(database, ['datasets'], 'readwrite', ({ store }) => store.put(note), {
        durability: 'strict',
      });
      return note;
    } catch (error) {
      if (!isFull(error)) throw error;
      await this.sweep();
      const neededMB = Math.ceil(bytes / 1e6);
      throw new WorkbenchError('storage.datasetQuota', { dataset: dataset.name, neededMB });
    }
  }

  /** Throws `storage.datasetCorrupt` where a part is gone or has changed. */
  async load(id: string): Promise<Dataset> {
    const database = await this.connection.database();
    const stored = recordOrRefusal(
      'datasets',
      await inTransaction(database, ['datasets'], 'readonly', ({ store }) => store.get(id)),
      'dataset',
    );
    if (!stored) throw new WorkbenchError('dataset.missing');
    const note = withMendedNames(stored);
    const room = roomFor(note);
    const unpacker = new PieceUnpacker(room.arrays);
    for (const [index, expected] of note.partHashes.entries()) {
      const part = await readPart(database, [id, index]);
      if (!part || !(await isWhole(part, expected))) {
        throw new WorkbenchError('storage.datasetCorrupt', { dataset: note.name });
      }
      unpacker.add(part);
    }
    const ids = await readPart(database, [id, IDS_PART]);
    return withIds(room.dataset(), ids?.buffer);
  }

  /** Every set that is not hidden, the newest first. */
  async list(): Promise<readonly KeptDataset[]> {
    return (await this.listAll()).readable;
  }

  /** The same, and what is stored of sets and cannot be read. */
  async listAll(): Promise<Listed<KeptDataset>> {
    const database = await this.connection.database();
    const all = await inTransaction(database, ['datasets'], 'readonly', ({ store }) =>
      store.getAll(),
    );
    const { readable, unreadable } = listed('datasets', 'dataset', all);
    const sets = readable.map(withMendedNames).sort((a, b) => b.importedAt - a.importedAt);
    return { readable: sets, unreadable };
  }

  /** Changes what may change of a set: its name, its classes' names, when it was used. */
  async annotate(id: string, change: (note: KeptDataset) => KeptDataset): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['datasets'], 'readwrite', async ({ store }) => {
      const note = recordOrRefusal('datasets', await store.get(id), 'dataset');
      if (!note) throw new WorkbenchError('dataset.missing');
      await store.put(change(note));
    });
  }

  /**
   * Hides a set since this time (milliseconds since 1970), or shows it again without one; it need not be
   * readable.
   */
  async setDeleted(id: string, deletedAt: number | undefined): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['datasets'], 'readwrite', async ({ store }) => {
      const stored = await store.get(id);
      if (!stored) throw new WorkbenchError('dataset.missing');
      await store.put(hidden(stored, deletedAt));
    });
  }

  /** Removes the sets that were hidden before this time (milliseconds since 1970), then loose parts. */
  async removeHidden(before: number): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['datasets'], 'readwrite', async ({ store }) => {
      for (const note of await store.getAll()) {
        if (wasHidden(note, before)) await store.delete(note.id);
      }
    });
    await this.sweep();
  }

  /** Removes parts that no note names. */
  async sweep(): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(
      database,
      ['datasets', 'datasetParts'],
      'readwrite',
      async (transaction) => {
        const parts = transaction.objectStore('datasetParts');
        const kept = new Set(await transaction.objectStore('datasets').getAllKeys());
        for (const key of await parts.getAllKeys()) if (!kept.has(key[0])) await parts.delete(key);
      },
    );
  }
}

function withMendedNames(note: KeptDataset): KeptDataset {
  return { ...note, classNames: mendedClassNames(note.classNames) };
}

/** What the user has said of a set, and files cannot say. */
function choicesIn(note: KeptDataset | undefined): Partial<KeptDataset> {
  if (!note) return {};
  const { classNames, hasTypedNames, validationCount } = note;
  return {
    ...(hasTypedNames ? { classNames, hasTypedNames } : {}),
    ...(validationCount === undefined ? {} : { validationCount }),
  };
}

/** What a set holds, as its note tells it. */
function contentOf({ name, classNames, train, test, unlabelled, assumptions }: Dataset) {
  return {
    ...{ name, classNames, shape: train.shape },
    ...(assumptions && { assumptions }),
    ...{ trainCount: train.count, testCount: test.count },
    unlabelledCount: unlabelled?.count ?? 0,
  };
}

async function isWhole(
  part: Uint8Array<ArrayBuffer> | undefined,
  expected: string | undefined,
): Promise<boolean> {
  return part !== undefined && (await hashOf(part)) === expected;
}

async function readPart(
  database: WorkbenchDatabase,
  key: DatasetPartKey,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stored = await inTransaction(database, ['datasetParts'], 'readonly', ({ store }) =>
    store.get(key),
  );
  return stored instanceof ArrayBuffer ? new Uint8Array(stored) : undefined;
}

/** Arrays of the lengths that a note says, in the order of `arraysOf`, and the set in them once they are full. */
function roomFor(note: KeptDataset) {
  const { name, classNames, assumptions, shape, trainCount, testCount, unlabelledCount } = note;
  const width = widthIn(note);
  assert(width, 'a note whose bytes are those of its images has been read');
  const pixels = (count: number) => new Uint8Array(pixelBytes(shape, count));
  const labels = (count: number) => new Uint8Array(width * count);
  const train = { pixels: pixels(trainCount), labels: labels(trainCount) };
  const test = { pixels: pixels(testCount), labels: labels(testCount) };
  const unlabelled = pixels(unlabelledCount);
  const labelled = (count: number, of: typeof train): LabelledImages => ({
    ...{ shape, count, pixels: of.pixels, labels: unpackLabels(of.labels, width) },
  });
  return {
    arrays: [train.pixels, train.labels, test.pixels, test.labels, unlabelled],
    dataset: (): Dataset => ({
      ...{ name, classNames },
      ...(assumptions && { assumptions }),
      ...{ train: labelled(trainCount, train), test: labelled(testCount, test) },
      ...(unlabelledCount > 0 && {
        unlabelled: { shape, count: unlabelledCount, pixels: unlabelled },
      }),
    }),
  };
}
