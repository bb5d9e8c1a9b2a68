import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { AssumptionKind } from '../../domain/data/datasetAssumption.ts';
import { transposed } from '../arrays/emnist.ts';
import { atOnce } from '../files/steps.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
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
} from '../testing/numberedImages.ts';
import { decodePngInNode } from '../testing/pictureFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { readDataset } from './readDataset.ts';

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

  it('have the classes in the names of their pictures, whoever packed them', async () => {
    const named = (from: number, to: number) =>
      zipSync(pictures((i) => `${classOf(i)}_${i}.png`, from, to));
    const set = await read({ 'mine.zip': named(0, 16), 'friend.zip': named(16, COUNT) });
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(classOf(i))]));
    expect(set.assumptions).toEqual([]);
  });

  it('have no class where a table of pictures in several archives names none', async () => {
    const set = await read({
      ...{ 'a.zip': zipSync(pictures((i) => `${i}.png`, 0, 15)) },
      ...{ 'b.zip': zipSync(pictures((i) => `${i}.png`, 15, COUNT)) },
      'labels.csv': csv(['name', 'label'], ...every((i) => [`${i}.png`, word(i)], 1)),
    });
    expect(contents(set, set.train)).toEqual(every((i) => [i, word(i)], 1));
    expect([set.classNames.toSorted(), set.unlabelled?.count]).toEqual([words.toSorted(), 1]);
  });

  it.each([
    [(k: number) => `"${words[k]}, strong"`, (k: number) => `${words[k]}, strong`],
    [(k: number) => `"the ""${words[k]}"", 1 2"`, (k: number) => `the "${words[k]}", 1 2`],
    [(k: number) => `age ${k} 10`, (k: number) => `age ${k} 10`],
  ])('keep their labels as they are beside pixels in one cell: %#', async (cell, name) => {
    const packed = (i: number) => `" ${pixels(i).join('  ')} "`;
    const label = (i: number) => cell(classOf(i));
    const tables = [
      csv(['emotion', 'pixels'], ...every((i) => [label(i), packed(i)])),
      csv(['"pixels"', '"emotion"'], ...every((i) => [packed(i), label(i)])),
      csv(
        ['"what, of all"', 'pixels', 'Usage'],
        ...every((i) => [label(i), packed(i), 'Training']),
      ),
    ];
    for (const table of tables) {
      const set = await read({ 'fer.csv': table });
      expect(contents(set, set.train)).toEqual(every((i) => [i, name(classOf(i))]));
    }
  });

  const purposed = (from: number, to: number, purpose: (i: number) => string) =>
    csv(
      ['label', ...names, 'split'],
      ...every((i) => [classOf(i), ...pixels(i), purpose(i)], from, to),
    );

  it.each([
    ['test', 'a', 'b'],
    ['test', 'b', 'a'],
    ['train', 'a', 'b'],
  ])('take a file that its column calls %s for that, %s beside %s', async (role, said, silent) => {
    const set = await read({
      [`${said}.csv`]: purposed(0, 20, () => role),
      [`${silent}.csv`]: rows(20, COUNT),
    });
    const [ofSaid, ofSilent] = role === 'test' ? [set.test, set.train] : [set.train, set.test];
    expect(contents(set, ofSaid).map(([i]) => i)).toEqual(every((i) => i, 0, 20));
    expect(contents(set, ofSilent).map(([i]) => i)).toEqual(every((i) => i, 20));
    expect(set.assumptions?.map(({ kind }) => kind)).toEqual(['rolesByColumn']);
  });

  it('are refused where a column and the name of the other file say the same', async () => {
    const files = { 'a.csv': purposed(0, 20, () => 'test'), 'test.csv': rows(20, COUNT) };
    await expect(read(files)).rejects.toMatchObject({ code: 'dataset.ambiguous' });
  });

  it.each([
    ['the same in all rows', () => 'test', [0, COUNT], ['onlyForTest']],
    ['one or the other', split, [TRAINED, COUNT - TRAINED], []],
  ] as const)('join files whose columns say %s', async (_, purpose, counts, others) => {
    const files = { 'a.csv': purposed(0, 10, purpose), 'b.csv': purposed(10, 24, purpose) };
    const set = await read({ ...files, 'c.csv': purposed(24, COUNT, purpose) });
    expect([set.train.count, set.test.count]).toEqual(counts);
    expect([...contents(set, set.train), ...contents(set, set.test)]).toEqual(
      every((i) => [i, String(classOf(i))]),
    );
    expect(new Set(set.assumptions?.map(({ kind }) => kind))).toEqual(
      new Set(['rolesByColumn', ...others]),
    );
  });

  it.each([
    ['without the column', rows(20, COUNT), []],
    [
      'with a cell in it that says nothing',
      csv(
        ['label', ...names, 'split'],
        ...every(
          (i) => [classOf(i), ...pixels(i % COUNT), i === 79 ? 'who knows' : 'train'],
          0,
          80,
        ),
      ),
      ['d_2.csv'],
    ],
  ])('tell of a column that not all files of a series obey: one %s', async (_, second, told) => {
    const set = await read({ 'd_1.csv': purposed(0, 20, split), 'd_2.csv': second });
    expect(set.test.count).toBe(0);
    const ignored = set.assumptions?.filter(({ kind }) => kind === 'columnsIgnored');
    expect(ignored).toEqual(
      [...told, 'd_1.csv'].map((file) => ({ kind: 'columnsIgnored', file, columns: 'split' })),
    );
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
