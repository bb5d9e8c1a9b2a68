import { expect, it } from 'vitest';
import { readDataset } from '../dataset/readDataset.ts';
import { blobs } from '../testing/sameDataset.ts';
import { csvRow } from '../testing/smallSets.ts';

it('a cell of millions of digits is refused in the time that it takes to be read', async () => {
  // Where each digit could belong to either of two parts of a number, this would take minutes.
  const text = `${csvRow(1)}\n${'9'.repeat(2_000_000)}`;
  const content = new TextEncoder().encode(text);
  await expect(readDataset(blobs({ 'train.csv': content }))).rejects.toThrow('train.csv');
});
