import { describe, expect, it } from 'vitest';
import type { AssumptionKind } from '../../domain/data/datasetAssumption.ts';
import { atOnce } from '../../util/steps.ts';
import { transposed } from '../arrays/emnist.ts';
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
import { type Files, read } from '../testing/readInNode.ts';

interface Form {
  readonly form: string;
  readonly files: Files;
  /** Where training ends and testing begins. */
  readonly trained?: number;
  readonly className?: (i: number) => string;
  readonly assumed: readonly AssumptionKind[];
}

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

  it('are refused where a row is of no class, or of two', async () => {
    const hot = (i: number) => (i === 35 ? [1, 0, 1, 0] : oneHot(i));
    const many = Array.from({ length: 40 }, (_, i) => [...pixels(i % COUNT), ...hot(i)].join(' '));
    await expect(read({ 'semeion.data': many.join('\n') })).rejects.toMatchObject({
      code: 'csv.oneHot',
      params: { row: 36, ones: 2 },
    });
  });
});
