import { describe, expect, it } from 'vitest';
import type { Dataset, LabelledImages } from '../../domain/data/dataset.ts';
import { at } from '../../util/assert.ts';
import {
  COUNT,
  classOf,
  contents,
  csv,
  every,
  names,
  pictures,
  pixels,
} from '../testing/numberedImages.ts';
import { read } from '../testing/readInNode.ts';

const TRAINED = 20;
const split = (i: number) => (i < TRAINED ? 'train' : 'test');
const rows = (from: number, to: number) =>
  csv(['label', ...names], ...every((i) => [classOf(i), ...pixels(i)], from, to));

describe('columns that say what images are for', () => {
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
});

describe('a column of yes and no that is called after a role', () => {
  const flagged = (name: string, yes: string, no: string, isYes: (i: number) => boolean) =>
    csv(
      ['label', ...names, name],
      ...every((i) => [classOf(i), ...pixels(i), isYes(i) ? yes : no]),
    );
  const isTrained = (i: number) => i < TRAINED;
  const isTest = (i: number) => i >= TRAINED;

  it.each([
    ['is_train', '1', '0', isTrained],
    ['isTrain', 'True', 'False', isTrained],
    ['train', '1.0', '0.0', isTrained],
    ['in training set', 'yes', 'no', isTrained],
    ['is_test', 'TRUE', 'FALSE', isTest],
    ['test', '1', '0', isTest],
  ])('says what images are for: %s of %s and %s', async (name, yes, no, isYes) => {
    const set = await read({ 'a.csv': flagged(name, yes, no, isYes) });
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(classOf(i))], 0, TRAINED));
    expect(contents(set, set.test)).toEqual(every((i) => [i, String(classOf(i))], TRAINED));
    expect(set.assumptions).toEqual([
      { kind: 'rolesByColumn', file: 'a.csv', column: name, train: TRAINED, test: COUNT - TRAINED },
    ]);
  });

  it('says what pictures are for in a table that names them', async () => {
    const table = csv(
      ['file', 'label', 'is_train'],
      ...every((i) => [`${i}.png`, `c${classOf(i)}`, isTrained(i) ? 1 : 0]),
    );
    const set = await read({ ...pictures((i) => `p/${i}.png`), 'a.csv': table });
    expect([set.train.count, set.test.count]).toEqual([TRAINED, COUNT - TRAINED]);
    expect(contents(set, set.test).every(([i]) => Number(i) >= TRAINED)).toBe(true);
  });

  it('is a class where it is one of several that are yes in turn', async () => {
    const vehicles = ['car', 'train', 'ship', 'plane'];
    const set = await read({
      'a.csv': csv(
        [...names, ...vehicles],
        ...every((i) => [...pixels(i), ...vehicles.map((_, k) => Number(k === classOf(i)))]),
      ),
    });
    expect(set.classNames).toEqual(vehicles.toSorted());
    expect(contents(set, set.train)).toEqual(every((i) => [i, vehicles[classOf(i)]]));
  });

  it.each([
    ['three', ['is_bus', 'is_train', 'is_car'], ['bus', 'car', 'train', 'train']],
    ['two', ['is_bus', 'is_train'], ['bus', 'train', 'bus', 'train']],
  ])('is a class where it is called as one of %s questions', async (_, columns, classes) => {
    const asks = (i: number, column: string) => Number(`is_${classes[classOf(i)]}` === column);
    const set = await read({
      'a.csv': csv(
        [...columns, ...names],
        ...every((i) => [...columns.map((column) => asks(i, column)), ...pixels(i)]),
      ),
    });
    expect(contents(set, set.train)).toEqual(every((i) => [i, classes[classOf(i)]]));
  });

  it('says it beside a flag that has nothing to do with it', async () => {
    const set = await read({
      'a.csv': csv(
        ['label', 'train', 'synthetic', ...names],
        ...Array.from({ length: 900 }, (_, i) => [
          ...[classOf(i), Number(i < 600), 0, ...pixels(i % COUNT)],
        ]),
      ),
    });
    expect([set.train.count, set.test.count]).toEqual([600, 300]);
  });

  it.each([
    ['train', 'val', 'test'],
    ['is_train', 'is_valid', 'is_test'],
  ])('asks for testing where others ask for the rest: %s, %s, %s', async (...roles) => {
    const set = await read({
      'a.csv': csv(
        ['label', ...roles, ...names],
        ...every((i) => [classOf(i), ...roles.map((_, k) => Number(i % 3 === k)), ...pixels(i)]),
      ),
    });
    const third = every((i) => i).filter((i) => i % 3 === 2);
    expect(contents(set, set.test).map(([i]) => i)).toEqual(third);
    expect(set.train.count).toBe(COUNT - third.length);
  });

  it('makes no label of the pixels of images that are to be predicted', async () => {
    const of = (role: number, from: number, to: number) =>
      every((i) => [i, ...(role ? [classOf(i)] : []), role, ...pixels(i)], from, to);
    const set = await read({
      'train_x.csv': csv(['id', 'label', 'is_train', ...names], ...of(1, 0, TRAINED)),
      'test_x.csv': csv(['id', 'is_train', ...names], ...of(0, TRAINED, COUNT)),
    });
    expect(contents(set, set.train).map(([i]) => i)).toEqual(every((i) => i, 0, TRAINED));
    expect([set.test.count, set.unlabelled?.count]).toEqual([0, COUNT - TRAINED]);
  });

  it('is the label where there is no other', async () => {
    const positive = (i: number) => Number(i % 3 === 0);
    const set = await read({
      'a.csv': csv([...names, 'test'], ...every((i) => [...pixels(i), positive(i)])),
    });
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(positive(i))]));
  });
});

describe('rows for testing whose labels are not there', () => {
  const word = (i: number) => ['cat', 'dog', 'ox', 'yak'][classOf(i)] ?? '';
  const table = (label: (i: number) => string | number, withRoles = true) =>
    csv(
      ['label', ...names, ...(withRoles ? ['split'] : [])],
      ...every((i) => [label(i), ...pixels(i), ...(withRoles ? [split(i)] : [])]),
    );
  const unlabelledIn = ({ unlabelled, ...set }: Dataset) =>
    contents(set, { ...at([unlabelled], 0), labels: new Uint16Array(COUNT) } as LabelledImages).map(
      ([i]) => i,
    );

  it.each([
    ['', 'numbers'],
    ['-1', 'numbers'],
    ['?', 'words'],
    ['NaN', 'words'],
    ['-1', 'words'],
  ])('are to be predicted: "%s" beside %s', async (none, kind) => {
    const labelOf = (i: number) => (kind === 'words' ? word(i) : String(classOf(i)));
    const set = await read({ 'a.csv': table((i) => (i < TRAINED ? labelOf(i) : none)) });
    expect(contents(set, set.train)).toEqual(every((i) => [i, labelOf(i)], 0, TRAINED));
    expect(set.classNames).toHaveLength(4);
    expect(set.test.count).toBe(0);
    expect(unlabelledIn(set)).toEqual(every((i) => i, TRAINED));
    expect(set.assumptions).toEqual([
      { kind: 'rolesByColumn', file: 'a.csv', column: 'split', train: TRAINED, test: 0 },
      { kind: 'rowsUnlabelled', file: 'a.csv', count: COUNT - TRAINED },
    ]);
  });

  it('leave those for testing that have one', async () => {
    const set = await read({ 'a.csv': table((i) => (i < 25 ? classOf(i) : '')) });
    expect(contents(set, set.test)).toEqual(every((i) => [i, String(classOf(i))], 20, 25));
    expect(unlabelledIn(set)).toEqual(every((i) => i, 25));
  });

  it('are counted on in files that are joined', async () => {
    const rowOf = (i: number) => [
      ...[i % 5 === 4 ? '' : classOf(i), ...pixels(i), i % 5 < 3 ? 'train' : 'test'],
    ];
    const part = (from: number, to: number) =>
      csv(['label', ...names, 'split'], ...every(rowOf, from, to));
    const set = await read({ 'a_1.csv': part(0, 15), 'a_2.csv': part(15, COUNT) });
    const of = (rest: readonly number[]) => every((i) => i).filter((i) => rest.includes(i % 5));
    expect(contents(set, set.train).map(([i]) => i)).toEqual(of([0, 1, 2]));
    expect(contents(set, set.test).map(([i]) => i)).toEqual(of([3]));
    expect(unlabelledIn(set)).toEqual(of([4]));
  });

  it('are to be predicted where another file of the series has no such column', async () => {
    const set = await read({
      'd_1.csv': csv(
        ['label', ...names, 'split'],
        ...every((i) => [i < 10 ? classOf(i) : '', ...pixels(i), i < 10 ? 'train' : 'test'], 0, 20),
      ),
      'd_2.csv': rows(20, COUNT),
    });
    const labelled = every((i) => i).filter((i) => i < 10 || i >= 20);
    expect(contents(set, set.train)).toEqual(labelled.map((i) => [i, String(classOf(i))]));
    expect(unlabelledIn(set)).toEqual(every((i) => i, 10, 20));
    expect(set.assumptions).toContainEqual({ kind: 'rowsUnlabelled', file: 'd_1.csv', count: 10 });
  });

  it.each([
    ['to be learned from', table((i) => (i === 3 ? '' : classOf(i))), 5],
    ['of a file without roles', table((i) => (i === 9 ? -1 : classOf(i)), false), 11],
  ])('are refused %s', async (_, content, row) => {
    await expect(read({ 'a.csv': content })).rejects.toMatchObject({
      ...{ code: 'csv.label', params: { file: 'a.csv', row, column: 1 } },
    });
  });

  it('are to be predicted by a table of labels beside', async () => {
    const labels = csv(
      ['id', 'label', 'split'],
      ...every((i) => [i, i < TRAINED ? word(i) : '', split(i)]),
    );
    const images = csv(names, ...every((i) => [...pixels(i)]));
    const set = await read({ 'images.csv': images, 'labels.csv': labels });
    expect(contents(set, set.train)).toEqual(every((i) => [i, word(i)], 0, TRAINED));
    expect(unlabelledIn(set)).toEqual(every((i) => i, TRAINED));
  });

  it('are to be predicted where they are pictures', async () => {
    const labels = csv(
      ['file', 'label', 'split'],
      ...every((i) => [`${i}.png`, i < TRAINED ? word(i) : '?', split(i)]),
    );
    const set = await read({ ...pictures((i) => `p/${i}.png`), 'a.csv': labels });
    expect(set.classNames).toEqual(['cat', 'dog', 'ox', 'yak']);
    expect([set.train.count, set.unlabelled?.count]).toEqual([TRAINED, COUNT - TRAINED]);
    expect(set.assumptions).toContainEqual({
      kind: 'rowsUnlabelled',
      file: 'a.csv',
      count: COUNT - TRAINED,
    });
  });

  it('do not make a label of a pixel that is -1 in all images', async () => {
    const row = (i: number) => [-1, ...[...pixels(i)].slice(1).map((p) => p / 255), classOf(i)];
    const set = await read({ 'a.csv': csv(...every(row)) });
    expect([...set.train.labels]).toEqual(every(classOf));
  });
});
