import { describe, expect, it } from 'vitest';
import { COUNT, classOf, contents, csv, every, names, pixels } from '../testing/numberedImages.ts';
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
