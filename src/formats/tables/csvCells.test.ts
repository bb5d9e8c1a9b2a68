import { expect, it } from 'vitest';
import { readDataset } from '../dataset/readDataset.ts';
import { blobs } from '../testing/sameDataset.ts';
import { csvRow } from '../testing/smallSets.ts';
import { csvCells } from './csvCells.ts';

it.each([
  ['5" wide,7" high,3', ['5" wide', '7" high', '3']],
  ['a 5",b', ['a 5"', 'b']],
  ['"5"" wide, or so",3', ['5" wide, or so', '3']],
  [' "a,b" ,c', ['a,b', 'c']],
  ['"",x,""', ['', 'x', '']],
  ['"a""",b', ['a"', 'b']],
])('in %s a quote is one only where a cell begins with it', (line, cells) => {
  expect(csvCells(line, ',')).toEqual(cells);
});

it('a quote within a cell of a table parts no columns otherwise', async () => {
  const header = ['label', ...Array.from({ length: 256 }, (_, i) => `pixel${i}`), 'size', 'note'];
  const row = (i: number) => `${i % 2},${Array.from({ length: 256 }, () => i)},5" wide,7" high`;
  const text = [header.join(','), ...Array.from({ length: 40 }, (_, i) => row(i))].join('\n');
  const content = new TextEncoder().encode(text);
  const set = await readDataset(blobs({ 'train.csv': content }));
  expect([...set.train.labels]).toEqual(Array.from({ length: 40 }, (_, i) => i % 2));
});

it('a cell of millions of digits is refused in the time that it takes to be read', async () => {
  // Where each digit could belong to either of two parts of a number, this would take minutes.
  const text = `${csvRow(1)}\n${'9'.repeat(2_000_000)}`;
  const content = new TextEncoder().encode(text);
  await expect(readDataset(blobs({ 'train.csv': content }))).rejects.toThrow('train.csv');
});
