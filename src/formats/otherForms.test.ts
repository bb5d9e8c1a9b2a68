import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { AssumptionKind } from '../domain/datasetAssumption.ts';
import { transposed } from './emnist.ts';
import { readDataset } from './readDataset.ts';
import { atOnce } from './steps.ts';
import { encodeNpy, encodeNpz } from './testing/npyFiles.ts';
import {
  AREA,
  COUNT,
  classOf,
  contents,
  csv,
  every,
  idx,
  names,
  pictures,
  pixels,
  SIDE,
} from './testing/numberedImages.ts';
import { decodePngInNode } from './testing/pictureFiles.ts';
import { blobs } from './testing/sameDataset.ts';

interface Form {
  readonly form: string;
  readonly files: Parameters<typeof blobs>[0];
  /** Where training ends and testing begins. */
  readonly trained?: number;
  readonly className?: (i: number) => string;
  readonly assumed: readonly AssumptionKind[];
}

const read = (files: Parameters<typeof blobs>[0]) =>
  readDataset(blobs(files), { decodePicture: decodePngInNode });

const TRAINED = 20;
const usage = (i: number) => (i < 15 ? 'Training' : i < TRAINED ? 'Validation' : 'PrivateTest');
const split = (i: number) => (i < TRAINED ? 'train' : 'test');
const rows = (from: number, to: number) =>
  csv(['label', ...names], ...every((i) => [classOf(i), ...pixels(i)], from, to));
const words = ['nought', 'one', 'two', 'three'];
const word = (i: number) => words[classOf(i)] ?? '';
const oneHot = (i: number) => words.map((_, k) => (k === classOf(i) ? 1 : 0));
/** Values of images along the last axis. */
const imagesLast = Uint8Array.from(
  { length: AREA * COUNT },
  (_, i) => pixels(i % COUNT)[Math.floor(i / COUNT)] ?? 0,
);
const labels = encodeNpy([COUNT], Uint8Array.from(every(classOf)));
const arff = (attributes: readonly string[], ...data: readonly (readonly (string | number)[])[]) =>
  [
    '% digits\n\n@RELATION digits\n',
    ...attributes.map((each) => `@ATTRIBUTE ${each}`),
    '\n@DATA',
    ...data.map((row) => row.join(',')),
  ].join('\n');

const forms: readonly Form[] = [
  {
    form: 'all pixels of an image in one cell, with what each is for',
    files: {
      'fer.csv': csv(
        ['emotion', 'pixels', 'Usage'],
        ...every((i) => [classOf(i), pixels(i).join(' '), usage(i)]),
      ),
    },
    trained: TRAINED,
    assumed: ['rolesByColumn', 'validationJoined'],
  },
  {
    form: 'the same in quotes and in another order',
    files: {
      'icml.csv': csv(
        ['emotion', ' Usage', ' pixels'],
        ...every((i) => [classOf(i), usage(i), `"${pixels(i).join(' ')} "`]),
      ),
    },
    trained: TRAINED,
    assumed: ['rolesByColumn', 'validationJoined'],
  },
  {
    form: 'a table of labels with what each image is for',
    files: {
      'x.csv': csv(...every((i) => [...pixels(i)])),
      'y.csv': csv(['label', 'set'], ...every((i) => [word(i), split(i)])),
    },
    trained: TRAINED,
    className: word,
    assumed: ['labelsByOrder', 'rolesByColumn'],
  },
  {
    form: 'IDX images with such a table, in another order',
    files: {
      'images.idx': idx(0, COUNT),
      'y.csv': csv(['id', 'label', 'split'], ...every((i) => [i, word(i), split(i)]).reverse()),
    },
    trained: TRAINED,
    className: word,
    assumed: ['labelsByOrder', 'rolesByColumn'],
  },
  {
    form: 'pictures with such a table that has validation rows too',
    files: {
      ...pictures((i) => `images/${i}.png`),
      'labels.csv': csv(
        ['filename', 'label', 'split'],
        ...every((i) => [`${i}.png`, classOf(i), i < 5 ? 'val' : split(i)]),
      ),
    },
    trained: TRAINED,
    assumed: ['labelsByName', 'rolesByColumn', 'validationJoined'],
  },
  {
    form: 'the same by paths that speak of roles too',
    files: {
      ...pictures((i) => `train/train_${i}.png`),
      'labels.csv': csv(
        ['path', 'label', 'split'],
        ...every((i) => [`train/train_${i}.png`, classOf(i), split(i)]),
      ),
    },
    trained: TRAINED,
    assumed: ['labelsByName', 'rolesByColumn'],
  },
  {
    form: 'labels behind `sep=`, with bars and one at the end of each row',
    files: {
      'x.csv': csv(...every((i) => [...pixels(i)])),
      'y.csv': `sep=|\nid|label|\n${every((i) => `${i + 1}|${word(i)}|\n`).join('')}`,
    },
    className: word,
    assumed: ['labelsByOrder'],
  },
  {
    form: 'labels under a header that is a comment',
    files: {
      'x.csv': csv(...every((i) => [...pixels(i)])),
      'y.csv': `# id,label\n${csv(...every((i) => [i, classOf(i)]).reverse())}`,
    },
    assumed: ['labelsByOrder'],
  },
  {
    form: 'names of classes in UTF-16',
    files: {
      'train.csv': rows(0, COUNT),
      'classes.txt': new Uint8Array(Buffer.from(`\ufeff${words.join('\r\n')}`, 'utf16le')),
    },
    className: word,
    assumed: ['namesFromFile'],
  },
  {
    form: 'a set in several files',
    files: {
      'train_2.csv': rows(7, 12),
      'train_10.csv': rows(12, TRAINED),
      'train_1.csv': rows(0, 7),
      'test.csv': rows(TRAINED, COUNT),
    },
    trained: TRAINED,
    assumed: ['filesJoined'],
  },
  {
    form: 'both parts in several files',
    files: {
      'train-00000-of-00002.csv': rows(0, 9),
      'train-00001-of-00002.csv': rows(9, TRAINED),
      'test-00000-of-00002.csv': rows(TRAINED, 25),
      'test-00001-of-00002.csv': rows(25, COUNT),
    },
    trained: TRAINED,
    assumed: ['filesJoined', 'filesJoined'],
  },
  {
    form: 'a column of ones and zeros for each class, behind the pixels',
    files: {
      'semeion.data': every((i) => `${[...pixels(i), ...oneHot(i)].join(' ')} \n`).join(''),
    },
    assumed: [],
  },
  {
    form: 'the same with a header',
    files: {
      'a.csv': csv(
        [...names, ...words.map((each) => `class_${each}`)],
        ...every((i) => [...pixels(i), ...oneHot(i)]),
      ),
    },
    className: word,
    assumed: [],
  },
  {
    form: 'ARFF with a nominal class',
    files: {
      'digits.arff': arff(
        [...names.map((name) => `${name} NUMERIC`), `'kind of' {${words.join(',')}}`],
        ...every((i) => [...pixels(i), word(i)]),
      ),
    },
    className: word,
    assumed: [],
  },
  {
    form: 'images along the last axis',
    files: { 'a.npz': encodeNpz({ X: encodeNpy([SIDE, SIDE, COUNT], imagesLast), y: labels }) },
    assumed: ['imagesLast'],
  },
  {
    form: 'the same in the order of Fortran',
    files: {
      'a.npz': encodeNpz({
        // The first axis runs fastest: of each image its columns, one after another.
        X: encodeNpy(
          [SIDE, SIDE, COUNT],
          Uint8Array.from(
            every((i) => [
              ...atOnce(transposed(pixels(i), 1, { height: SIDE, width: SIDE })),
            ]).flat(),
          ),
          { fortran: true },
        ),
        y: labels,
      }),
    },
    assumed: ['imagesLast'],
  },
];

describe('sets as their makers offer them', () => {
  it.each(forms)('are read from $form', async (each) => {
    const { files, trained = COUNT, assumed, className = (i) => String(classOf(i)) } = each;
    const set = await read(files);
    const expected = every((i) => [i, className(i)]);
    expect(contents(set, set.train)).toEqual(expected.slice(0, trained));
    expect(contents(set, set.test)).toEqual(expected.slice(trained));
    expect(set.unlabelled?.count ?? 0).toBe(0);
    expect(set.assumptions?.map(({ kind }) => kind)).toEqual(assumed);
    expect(Buffer.compare(set.train.pixels.subarray(0, AREA), pixels(0))).toBe(0);
  });

  const archives = (nameOf: (k: number) => string) =>
    Object.fromEntries(
      [0, 1, 2, 3].map((k) => [
        `${nameOf(k)}.zip`,
        zipSync(pictures((i) => `${i}.png`, 7 * k, 7 * k + 7)),
      ]),
    );

  it('are read from an archive for each class', async () => {
    const kinds = ['cat', 'dog', 'fish', 'owl'];
    const files = archives((k) => kinds[k] ?? '');
    for (const given of [files, { 'animals.zip': zipSync(files) }]) {
      const set = await read(given);
      expect(contents(set, set.train)).toEqual(every((i) => [i, kinds[Math.floor(i / 7)]], 0, 28));
      expect(set.assumptions?.map(({ kind }) => kind)).toEqual(['classPerFile']);
    }
    const digits = await read(archives((k) => `digit ${k}`));
    expect(digits.classNames).toEqual(['digit 0', 'digit 1', 'digit 2', 'digit 3']);
  });

  it.each(['photos', 'part', 'export-'])(
    'take archives called %s1 for parts of one',
    async (stem) => {
      const set = await read(archives((k) => `${stem}${k}`));
      expect([set.train.count, set.unlabelled?.count]).toEqual([0, 28]);
    },
  );

  it('tell of a column that says in most rows what is for testing that it was not obeyed', async () => {
    const purpose = (i: number) => (i === COUNT - 1 ? 'nobody knows' : split(i));
    const many = Array.from({ length: 40 }, (_, k) => k % (COUNT - 1));
    const set = await read({
      'a.csv': csv(
        ['label', ...names, 'split'],
        ...[...many, COUNT - 1].map((i) => [classOf(i), ...pixels(i), purpose(i)]),
      ),
    });
    expect([set.train.count, set.test.count]).toEqual([41, 0]);
    expect(set.assumptions).toEqual([{ kind: 'columnsIgnored', file: 'a.csv', columns: 'split' }]);
  });

  it('are refused where a row is of no class, or of two', async () => {
    const hot = (i: number) => (i === 35 ? [1, 0, 1, 0] : oneHot(i));
    const many = Array.from({ length: 40 }, (_, i) => [...pixels(i % COUNT), ...hot(i)].join(' '));
    await expect(read({ 'semeion.data': many.join('\n') })).rejects.toMatchObject({
      code: 'csv.oneHot',
      params: { row: 36, ones: 2 },
    });
  });
});
