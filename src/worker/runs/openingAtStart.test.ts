import { describe, expect, it } from 'vitest';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { reasonToPassOverRun, reasonToPassOverSet } from './openingAtStart.ts';

const set = (bytes: number) => ({ id: 'set', name: 'Shapes', bytes });

describe('a data set at the start', () => {
  it.each([
    // What the browser tells of the machine's memory, and whether a set of 1 GiB is opened by itself.
    [undefined, true],
    [8, true],
    [4, true],
    [2, false],
    [0.5, false],
  ])('of 1 GiB, with %s GiB of memory, is opened: %s', (memory, isOpened) => {
    const reason = reasonToPassOverSet(set(2 ** 30), {}, memory);
    expect(reason === undefined).toBe(isOpened);
    if (reason) expectBothLanguages(reason, 'Shapes');
  });

  it('is opened however large it is where the page had it, unless one died of it', () => {
    const had = { datasetId: 'set' };
    expect(reasonToPassOverSet(set(2 ** 30), had, 0.5)).toBeUndefined();
    expect(reasonToPassOverSet(set(2 ** 30), { datasetId: 'other' }, 0.5)).toBeDefined();
    const died = { ...had, passOver: ['set'] };
    expect(reasonToPassOverSet(set(10), died, 8)?.code).toBe('start.passedOverSet');
  });

  it('is passed over where a page died of it', () => {
    const reason = reasonToPassOverSet(set(10), { passOver: ['other', 'set'] }, 8);
    expect(reason?.params).toMatchObject({ id: 'set', name: 'Shapes' });
    expect(reasonToPassOverSet(set(10), { passOver: ['other'] }, 8)).toBeUndefined();
  });
});

it('a run is passed over where a page died of it, by its id where its name is not known', () => {
  const reason = reasonToPassOverRun('r', [], { passOver: ['r'] });
  expect(reason?.code).toBe('start.passedOverRun');
  expect(reason?.params).toMatchObject({ id: 'r', name: 'r' });
  expect(reasonToPassOverRun('r', [], { passOver: ['s'] })).toBeUndefined();
});
