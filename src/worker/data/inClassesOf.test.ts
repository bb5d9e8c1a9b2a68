import { describe, expect, it } from 'vitest';
import { DatasetShelf } from './datasetShelf.ts';
import { inClassesOf } from './inClassesOf.ts';

const shape = { height: 1, width: 1, channels: 1 };
const images = (...labels: number[]) => ({
  ...{ shape, count: labels.length, pixels: new Uint8Array(labels.length) },
  labels: Uint16Array.from(labels),
});
const of = (...classNames: string[]) =>
  new DatasetShelf().put(
    { name: 'some', classNames, train: images(0, 1, 0), test: images(1, 0) },
    'id',
  );

describe('a set with some of the classes of a model', () => {
  it('is numbered as the model is, by the names', () => {
    const { dataset, summary } = inClassesOf(of('8', '3'), [...'0123456789']);
    expect([...dataset.train.labels]).toEqual([8, 3, 8]);
    expect([...dataset.test.labels]).toEqual([3, 8]);
    expect(summary.classNames).toHaveLength(10);
    expect(summary.trainClassCounts).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 2, 0]);
  });

  it('stays as it is where names are others, or the same at the same places', () => {
    for (const set of [of('cat', '3'), of('0', '1')]) {
      expect(inClassesOf(set, [...'0123456789'])).toBe(set);
    }
  });
});
