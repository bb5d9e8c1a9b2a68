import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { AssumptionKind } from '../../domain/data/datasetAssumption.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import {
  COUNT,
  classOf,
  contents,
  csv,
  every,
  idx,
  inClasses,
  names,
  pictures,
  pixels,
} from '../testing/numberedImages.ts';
import { type Files, read } from '../testing/readInNode.ts';
import { cifarBatch } from '../testing/smallSets.ts';

const training = {
  'train.csv': csv(['label', ...names], ...every((i) => [classOf(i), ...pixels(i)])),
};
const bare = { 'x.csv': csv(...every((i) => [...pixels(i)])) };
const DOG = [0xaa, 0xaf];
const CAT = [0xbf, 0xdf];
/** 狗 and 貓, as Excel of Taiwan saves them. */
const inBig5 = (text: string) =>
  new Uint8Array(
    [...text].flatMap((letter) =>
      letter === '狗' ? DOG : letter === '貓' ? CAT : letter.charCodeAt(0),
    ),
  );
const animal = (i: number) => (classOf(i) % 2 === 0 ? '狗' : '貓');
const oneHot = (i: number) => [0, 1, 2, 3].map((k) => (k === classOf(i) ? 1 : 0));

interface Form {
  readonly form: string;
  readonly files: Files;
  /** Where training ends and testing begins. */
  readonly trained?: number;
  readonly className?: (i: number) => string;
  readonly assumed?: readonly AssumptionKind[];
}

const forms: readonly Form[] = [
  {
    form: 'an archive each for training and testing',
    files: { 'train.zip': inClasses(0, 20), 'test.zip': inClasses(20, COUNT) },
    trained: 20,
  },
  {
    form: 'these two in another archive, with more in their names',
    files: {
      'all.zip': zipSync({
        'digits_train.zip': inClasses(0, 20),
        'digits-test.zip': inClasses(20, COUNT),
      }),
    },
    trained: 20,
  },
  {
    form: 'a table whose labels are called as pictures are',
    files: {
      ...pictures((i) => `images/${i}.png`),
      'labels.csv': csv(['label', 'filename'], ...every((i) => [classOf(i), `${i}.png`])),
    },
    assumed: ['labelsByName'],
  },
  {
    form: 'the same without a header',
    files: {
      ...pictures((i) => `images/${i}.png`),
      'labels.csv': csv(...every((i) => [classOf(i), `${i}.png`])),
    },
    assumed: ['labelsByName'],
  },
  {
    form: 'a table for each of two folders in which pictures are called alike',
    files: {
      ...pictures((i) => `d/train/${i}.png`, 0, 20),
      ...pictures((i) => `d/test/${i - 20}.png`, 20, COUNT),
      'd/train.csv': csv(['filename', 'label'], ...every((i) => [`${i}.png`, classOf(i)], 0, 20)),
      'd/test.csv': csv(['filename', 'label'], ...every((i) => [`${i - 20}.png`, classOf(i)], 20)),
    },
    trained: 20,
    assumed: ['labelsByName', 'labelsByName'],
  },
  {
    form: 'labels by ids with gaps, in another order',
    files: {
      'x.csv': csv(['id', ...names], ...every((i) => [5 + 3 * i, ...pixels(i)])),
      'y.csv': csv(['id', 'label'], ...every((i) => [5 + 3 * i, classOf(i)]).reverse()),
    },
    assumed: ['ids', 'labelsByName'],
  },
  {
    form: 'labels of ones and zeros in a file of their own',
    files: { ...bare, 'y.csv': csv(...every(oneHot)) },
    assumed: ['labelsByOrder'],
  },
  {
    form: 'the same with the names of the classes',
    files: { ...bare, 'y.csv': csv(['nought', 'one', 'two', 'three'], ...every(oneHot)) },
    className: (i) => ['nought', 'one', 'two', 'three'][classOf(i)] ?? '',
    assumed: ['labelsByOrder'],
  },
  {
    form: 'words in Big5 as labels',
    files: {
      'a.csv': inBig5(csv(['label', ...names], ...every((i) => [animal(i), ...pixels(i)]))),
    },
    className: animal,
    assumed: ['codePage'],
  },
  {
    form: 'words in Big5 in a table of labels',
    files: { ...bare, 'y.csv': inBig5(csv(['label'], ...every((i) => [animal(i)]))) },
    className: animal,
    assumed: ['codePage', 'labelsByOrder'],
  },
  {
    form: 'IDX images with words in a table',
    files: {
      'images.idx': idx(0, COUNT),
      'y.csv': csv(['label'], ...every((i) => [animal(i)])),
    },
    className: animal,
    assumed: ['labelsByOrder'],
  },
  {
    form: 'IDX images for training and testing with a table each, of which one lacks a class',
    files: {
      'train-images.idx': idx(0, 20),
      'test-images.idx': idx(20, COUNT),
      'train.csv': csv(['label'], ...every((i) => [`c${classOf(i)}`], 0, 20)),
      'test.csv': csv(['label'], ...every((i) => [`c${classOf(i)}`], 20)),
    },
    trained: 20,
    className: (i) => `c${classOf(i)}`,
    assumed: ['labelsByOrder', 'labelsByOrder'],
  },
  {
    form: 'labels in UTF-16 without a mark',
    files: {
      ...bare,
      'y.csv': new Uint8Array(
        Buffer.from(csv(['label'], ...every((i) => [classOf(i)])), 'utf16le'),
      ),
    },
    assumed: ['labelsByOrder'],
  },
  {
    form: 'a table with a column that says what is for testing',
    files: {
      'a.csv': csv(
        ['label', ...names, 'Usage'],
        ...every((i) => [classOf(i), ...pixels(i), i < 20 ? 'Training' : 'PublicTest']),
      ),
    },
    trained: 20,
    assumed: ['rolesByColumn'],
  },
  {
    form: 'the same beside pictures',
    files: {
      ...pictures((i) => `images/${i}.png`),
      'labels.csv': csv(
        ['filename', 'label', 'split'],
        ...every((i) => [`${i}.png`, classOf(i), i < 20 ? 'train' : 'test']),
      ),
    },
    trained: 20,
    assumed: ['labelsByName', 'rolesByColumn'],
  },
  {
    form: 'a folder of validation pictures, learned from too, which is told',
    files: {
      ...pictures((i) => `${i < 20 ? 'train' : 'valid'}/${classOf(i)}/${i}.png`),
    },
    assumed: ['validationJoined'],
  },
];

describe('what other programs and people write', () => {
  it.each(forms)('is read from $form', async (each) => {
    const { files, trained = COUNT, assumed = [], className = (i) => String(classOf(i)) } = each;
    const set = await read(files);
    const expected = every((i) => [i, className(i)]);
    expect(contents(set, set.train)).toEqual(expected.slice(0, trained));
    expect(contents(set, set.test)).toEqual(expected.slice(trained));
    expect(set.unlabelled?.count ?? 0).toBe(0);
    expect(set.assumptions?.map(({ kind }) => kind)).toEqual(assumed);
  });

  it.each([
    ['image_name', (i: number) => `scan ${7 * i}.png`],
    ['Datei', (i: number) => `scan ${7 * i}.png`],
    ['sample', (i: number) => String(2 + 7 * i)],
  ])('keeps what column %s calls images instead of taking it for classes', async (column, id) => {
    const table = csv([column, ...names], ...every((i) => [id(i), ...pixels(i)]));
    const set = await read({ ...training, 'test.csv': table });
    expect(set.classNames).toEqual(['0', '1', '2', '3']);
    expect(set.test.count).toBe(0);
    expect(set.unlabelled?.ids).toEqual({ column, values: every(id) });
  });

  it('takes numbers that rise for no label where there is no header', async () => {
    const table = csv(...every((i) => [2 + 7 * i, ...pixels(i)]));
    const set = await read({ ...training, 'test.csv': table });
    expect([set.test.count, set.unlabelled?.count]).toEqual([0, COUNT]);
  });

  it('keeps what images are called when those for training become those for testing', async () => {
    const rows = (from: number, to: number) =>
      csv(
        ['id', 'label', ...names],
        ...every((i) => [5 + 3 * i, classOf(i), ...pixels(i)], from, to),
      );
    const files = { 'train.csv': rows(0, 20), 'test.csv': rows(20, COUNT) };
    const [asNamed, swapped] = [await read(files), await read(files, { roles: 'swapped' })];
    const ids = (from: number, to: number) => every((i) => String(5 + 3 * i), from, to);
    expect([asNamed.train.ids, asNamed.test.ids?.values]).toEqual([undefined, ids(20, COUNT)]);
    expect([swapped.train.ids, swapped.test.ids?.values]).toEqual([undefined, ids(0, 20)]);
  });

  it('refuses one image to train on, as the roles are in the end', async () => {
    const rows = (from: number, to: number) =>
      csv(['label', ...names], ...every((i) => [classOf(i), ...pixels(i)], from, to));
    const few = { 'train.csv': rows(0, 20), 'test.csv': rows(20, 21) };
    expect((await read(few)).train.count).toBe(20);
    await expect(read(few, { roles: 'swapped' })).rejects.toMatchObject({
      code: 'dataset.tooFew',
      params: { file: 'test.csv', count: 1 },
    });
    const turned = { 'train.csv': rows(1, 2), 'test.csv': rows(2, COUNT) };
    await expect(read(turned)).rejects.toMatchObject({ params: { file: 'train.csv' } });
    expect((await read(turned, { roles: 'swapped' })).train.count).toBe(COUNT - 2);
  });

  it('passes over a table beside images that have their labels, and tells it', async () => {
    const table = { 'y.csv': csv(['label'], [1], [2]) };
    const cifar = await read({ 'data_batch_1.bin': cifarBatch(1, 2), ...table });
    expect(cifar.assumptions).toContainEqual({ kind: 'filePassedOver', file: 'y.csv' });
    const labelled = { 'images.idx': idx(0, 4), 'labels.idx': encodeIdx([4], [0, 1, 2, 3]) };
    const set = await read({ ...labelled, ...table });
    expect(set.classNames).toHaveLength(4);
    expect(set.assumptions).toContainEqual({ kind: 'filePassedOver', file: 'y.csv' });
  });
});
