import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../domain/data/dataset.ts';
import { identityOf } from '../domain/data/datasetIdentity.ts';
import { Connection } from './connection.ts';
import { DatasetStore } from './datasetStore.ts';

const NAME = 'dataset-store-test';
const opened: Connection[] = [];

afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await deleteDB(NAME);
});

const PART_BYTES = 15_000;

/** Keeps a set, told from others by what it holds. */
const keepIn = async (store: DatasetStore, dataset: Dataset, source: string) =>
  store.save(dataset, await identityOf(dataset, PART_BYTES), source);

async function open(): Promise<DatasetStore> {
  const connection = await Connection.open(NAME);
  opened.push(connection);
  return new DatasetStore(connection, PART_BYTES);
}

const shape = { height: 16, width: 20, channels: 3 };

/** With so many pixels that they take three parts. */
function sampleSet(salt = 0): Dataset {
  const images = (count: number) => ({
    shape,
    count,
    pixels: Uint8Array.from({ length: count * 960 }, (_, i) => (i * 7 + salt) % 251),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 3),
  });
  const { labels: _, ...unlabelled } = images(5);
  return {
    name: 'Sample',
    classNames: ['a', 'b', 'c'],
    train: images(20),
    test: images(7),
    unlabelled: { ...unlabelled, ids: { column: 'id', values: ['7', '8', '10', 'x,1', '狗'] } },
    assumptions: [{ kind: 'labelLast', file: 'a.csv', column: 65 }],
  };
}

describe('an imported data set', () => {
  it('comes back to the bit after the page is gone, and one without test images too', async () => {
    const dataset = sampleSet();
    const { id } = await keepIn(await open(), dataset, 'files');
    const trainOnly = {
      ...dataset,
      test: { ...dataset.test, count: 0, pixels: new Uint8Array(), labels: new Uint16Array() },
    };
    const other = await keepIn(await open(), trainOnly, 'files');

    const store = await open();
    expect(await store.load(id)).toEqual(dataset);
    expect(await store.load(other.id)).toEqual(trainOnly);
  });

  it('of more classes than a byte tells apart comes back to the bit', async () => {
    const sample = sampleSet();
    const classNames = Array.from({ length: 16_384 }, (_, label) => `class ${label}`);
    const wide = (images: Dataset['train']) => ({
      ...images,
      labels: images.labels.map((_, i) => (i * 4099) % 16_384),
    });
    const dataset = { ...sample, classNames, train: wide(sample.train), test: wide(sample.test) };
    const { id, bytes } = await keepIn(await open(), dataset, 'files');

    expect(bytes).toBe(32 * 960 + 2 * 27);
    expect(await (await open()).load(id)).toEqual(dataset);
  });

  it('is kept once, however often it is imported', async () => {
    const store = await open();
    const first = await keepIn(store, sampleSet(), 'a.zip');
    const second = await keepIn(store, sampleSet(), 'b.zip');
    expect(second.id).toBe(first.id);
    expect((await store.list()).map(({ source }) => source)).toEqual(['b.zip']);
  });

  it('keeps what the user said of it when its files are imported again', async () => {
    const store = await open();
    const { id } = await keepIn(store, sampleSet(), 'a.zip');
    expect(
      (await keepIn(store, { ...sampleSet(), classNames: ['x', 'y', 'z'] }, '')).classNames,
    ).toEqual(['x', 'y', 'z']);
    const said = { classNames: ['ant', 'bee', 'cat'], hasTypedNames: true, validationCount: 4 };
    await store.annotate(id, (note) => ({ ...note, ...said, deletedAt: 5 }));

    const again = await keepIn(store, sampleSet(), 'b.zip');

    expect(again).toMatchObject({ id, ...said, source: 'b.zip' });
    expect((await store.list()).map(({ classNames }) => classNames)).toEqual([said.classNames]);
    expect((await store.load(id)).classNames).toEqual(said.classNames);
  });

  it('is gone after its deletion, its parts too, unless that was undone', async () => {
    const store = await open();
    const [gone, back] = [
      await keepIn(store, sampleSet(1), ''),
      await keepIn(store, sampleSet(2), ''),
    ];
    for (const { id } of [gone, back]) {
      await store.annotate(id, (note) => ({ ...note, deletedAt: 5 }));
    }
    expect(await store.list()).toEqual([]);
    await store.annotate(back.id, ({ deletedAt: _, ...note }) => note);

    await store.removeHidden(10);

    expect((await store.list()).map(({ id }) => id)).toEqual([back.id]);
    const database = await openDB(NAME);
    const keys = await database.getAllKeys('datasetParts');
    database.close();
    expect(keys).toEqual([
      // What its images are called, then the images.
      [back.id, -1],
      [back.id, 0],
      [back.id, 1],
      [back.id, 2],
    ]);
  });

  it('of which a bit has flipped is refused by name', async () => {
    const store = await open();
    const { id } = await keepIn(store, sampleSet(), '');
    const database = await openDB(NAME);
    const part = new Uint8Array(await database.get('datasetParts', [id, 1]));
    part[3] = (part[3] ?? 0) ^ 1;
    await database.put('datasetParts', part.buffer, [id, 1]);
    database.close();

    await expect(store.load(id)).rejects.toMatchObject({
      code: 'storage.datasetCorrupt',
      params: { dataset: 'Sample' },
    });
  });
});
