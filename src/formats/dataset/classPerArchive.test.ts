import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { COUNT, classOf, contents, csv, every, pictures } from '../testing/numberedImages.ts';
import { read } from '../testing/readInNode.ts';

const words = ['nought', 'one', 'two', 'three'];
const word = (i: number) => words[classOf(i)] ?? '';

describe('pictures in several archives', () => {
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

  it.each(['photos', 'part', 'export-'])(
    'take archives called %s1 for parts of one',
    async (stem) => {
      const set = await read(archives((k) => `${stem}${k}`));
      expect([set.train.count, set.unlabelled?.count]).toEqual([0, 28]);
    },
  );
});
