import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../domain/data/dataset.ts';
import { noImages } from '../../domain/data/dataset.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { DatasetShelf, dividedFor, trainedOn } from './datasetShelf.ts';

const shape = { height: 16, width: 16, channels: 1 };
const count = 48;
const dataset: Dataset = {
  name: 'greys',
  classNames: ['dark', 'light'],
  train: {
    ...noImages(shape),
    count,
    labels: Uint16Array.from({ length: count }, (_, i) => i % 2),
  },
  test: noImages(shape),
};
const of = (run: Partial<RunRecord>) => ({ datasetName: 'greys', ...run }) as RunRecord;

describe('the division of a data set', () => {
  it('is one in twelve, if nothing else is said, and what the user says', () => {
    const shelf = new DatasetShelf();
    expect(shelf.put(dataset, 'a').summary).toMatchObject({ trainCount: 44, validationCount: 4 });
    expect(shelf.divide(12).summary).toMatchObject({ trainCount: 36, validationCount: 12 });
  });

  it('has fewer validation images always among more', () => {
    const shelf = new DatasetShelf();
    const [few, many] = [shelf.put(dataset, 'a', 5), shelf.put(dataset, 'a', 20)];
    expect([...many.validation.subarray(0, 5)]).toEqual([...few.validation]);
  });

  it('stays that of a run that has begun, so that it validates on nothing that it learnt', () => {
    const shelf = new DatasetShelf();
    const before = shelf.put(dataset, 'a');
    const run = of({ datasetId: 'a', scalingImages: before.training.length });
    const later = dividedFor(run, shelf.divide(20));
    expect(later.training).toEqual(before.training);
    expect(later.validation).toEqual(before.validation);
  });

  it('is the usual one for a run from before it was noted', () => {
    const shelf = new DatasetShelf();
    const usual = shelf.put(dataset, 'a');
    expect(dividedFor(of({ datasetId: 'a' }), shelf.divide(20)).training).toEqual(usual.training);
  });

  it('can be another for a run that says on how many images it trains', () => {
    const shelf = new DatasetShelf();
    const asked = shelf.put(dataset, 'a', 30);
    const usual = shelf.put(dataset, 'a');
    const few = trainedOn(usual, 18);
    expect(few.training).toEqual(asked.training);
    expect(few.validation).toEqual(asked.validation);
    expect(trainedOn(usual, undefined)).toBe(usual);
    expect(shelf.required).toBe(usual);
    const run = of({ datasetId: 'a', scalingImages: 18 });
    expect(dividedFor(run, usual).training).toEqual(asked.training);
  });

  it('leaves an image to validate with', () => {
    const loaded = new DatasetShelf().put(dataset, 'a');
    expect(trainedOn(loaded, count - 1).validation).toHaveLength(1);
    expect(() => trainedOn(loaded, count)).toThrow(/48.*47/);
  });

  it('is left alone where the run is of another set', () => {
    const loaded = new DatasetShelf().put(dataset, 'a', 20);
    expect(dividedFor(of({ datasetId: 'b', scalingImages: 3 }), loaded)).toBe(loaded);
  });
});
