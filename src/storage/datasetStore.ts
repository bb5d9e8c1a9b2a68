import { type Dataset, type LabelledImages, pixelBytes } from '../domain/dataset.ts';
import type { KeptDataset } from '../domain/keptDataset.ts';
import { WorkbenchError } from '../util/errors.ts';
import { hashOf, PIECE_BYTES, PieceUnpacker, packBytes } from './bytePieces.ts';
import type { Connection } from './connection.ts';
import { inTransaction, keysOf, type WorkbenchDatabase } from './database.ts';

/** The arrays of a set, in the order in which they lie. */
const partsOf = ({ train, test, unlabelled }: Dataset): readonly Uint8Array[] => [
  train.pixels,
  train.labels,
  test.pixels,
  test.labels,
  unlabelled?.pixels ?? new Uint8Array(0),
];

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
   * classes named as the user had it.
   */
  async save(dataset: Dataset, source: string): Promise<KeptDataset> {
    const database = await this.connection.database();
    const parts = partsOf(dataset);
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    const described = await describe(dataset, bytes, this.partBytes);
    const { id } = described;
    const before = await inTransaction(database, ['datasets'], 'readonly', ({ store }) =>
      store.get(id),
    );
    const note = { ...described, ...choicesIn(before), source, importedAt: Date.now() };
    try {
      if (!(await this.hasParts(id, note.partHashes.length))) {
        let index = 0;
        for (const part of packBytes(parts, bytes, this.partBytes)) {
          const key: [string, number] = [id, index++];
          await inTransaction(database, ['datasetParts'], 'readwrite', ({ store }) =>
            store.put(part.buffer, key),
          );
        }
      }
      await inTransaction(database, ['datasets'], 'readwrite', ({ store }) => store.put(note), {
        durability: 'strict',
      });
      return note;
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
      await this.sweep();
      const neededMB = Math.ceil(bytes / 1e6);
      throw new WorkbenchError('storage.datasetQuota', { dataset: dataset.name, neededMB });
    }
  }

  private async hasParts(id: string, count: number): Promise<boolean> {
    const database = await this.connection.database();
    const stored = await inTransaction(database, ['datasetParts'], 'readonly', ({ store }) =>
      store.count(keysOf(id)),
    );
    return stored === count;
  }

  /** Throws `storage.datasetCorrupt` where a part is gone or has changed. */
  async load(id: string): Promise<Dataset> {
    const database = await this.connection.database();
    const note = await inTransaction(database, ['datasets'], 'readonly', ({ store }) =>
      store.get(id),
    );
    if (!note) throw new WorkbenchError('dataset.missing');
    const dataset = emptyDataset(note);
    const unpacker = new PieceUnpacker(partsOf(dataset));
    for (const [index, expected] of note.partHashes.entries()) {
      const part = await readPart(database, [id, index]);
      const isWhole = part && (await hashOf(part)) === expected;
      if (!isWhole) throw new WorkbenchError('storage.datasetCorrupt', { dataset: note.name });
      unpacker.add(part);
    }
    return dataset;
  }

  /** Every set that is not hidden, the newest first. */
  async list(): Promise<KeptDataset[]> {
    const database = await this.connection.database();
    const all = await inTransaction(database, ['datasets'], 'readonly', ({ store }) =>
      store.getAll(),
    );
    return all
      .filter(({ deletedAt }) => deletedAt === undefined)
      .sort((a, b) => b.importedAt - a.importedAt);
  }

  /** Changes what may change of a set: its name, its classes' names, whether it is hidden. */
  async annotate(id: string, change: (note: KeptDataset) => KeptDataset): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['datasets'], 'readwrite', async ({ store }) => {
      const note = await store.get(id);
      if (!note) throw new WorkbenchError('dataset.missing');
      await store.put(change(note));
    });
  }

  /** Removes the sets that were hidden before this time (milliseconds since 1970), then loose parts. */
  async removeHidden(before: number): Promise<void> {
    const database = await this.connection.database();
    await inTransaction(database, ['datasets'], 'readwrite', async ({ store }) => {
      for (const { id, deletedAt } of await store.getAll()) {
        if (deletedAt !== undefined && deletedAt <= before) await store.delete(id);
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

/** What the user has said of a set, and files cannot say. */
function choicesIn(note: KeptDataset | undefined): Partial<KeptDataset> {
  if (!note) return {};
  const { classNames, hasTypedNames, validationCount } = note;
  return {
    ...(hasTypedNames ? { classNames, hasTypedNames } : {}),
    ...(validationCount === undefined ? {} : { validationCount }),
  };
}

async function readPart(
  database: WorkbenchDatabase,
  key: [string, number],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stored = await inTransaction(database, ['datasetParts'], 'readonly', ({ store }) =>
    store.get(key),
  );
  return stored && new Uint8Array(stored);
}

/** A set of the shape and counts that its note says, to be filled. */
function emptyDataset(note: KeptDataset): Dataset {
  const { name, classNames, shape, unlabelledCount } = note;
  const images = (count: number): LabelledImages => ({
    shape,
    count,
    pixels: new Uint8Array(pixelBytes(shape, count)),
    labels: new Uint8Array(count),
  });
  const unlabelled = {
    shape,
    count: unlabelledCount,
    pixels: new Uint8Array(pixelBytes(shape, unlabelledCount)),
  };
  return {
    ...{ name, classNames, train: images(note.trainCount), test: images(note.testCount) },
    ...(unlabelledCount > 0 ? { unlabelled } : {}),
  };
}

/** What a set holds, and the hashes that tell it from every other. */
async function describe(
  dataset: Dataset,
  bytes: number,
  partBytes: number,
): Promise<Omit<KeptDataset, 'source' | 'importedAt'>> {
  const { name, classNames, train, test, unlabelled } = dataset;
  const partHashes: string[] = [];
  for (const part of packBytes(partsOf(dataset), bytes, partBytes))
    partHashes.push(await hashOf(part));
  const content = {
    shape: train.shape,
    trainCount: train.count,
    testCount: test.count,
    unlabelledCount: unlabelled?.count ?? 0,
  };
  const identity = new TextEncoder().encode(JSON.stringify({ content, partHashes }));
  const id = await hashOf(identity);
  return { id, name, classNames, ...content, bytes, partHashes };
}
