import { describe, expect, it } from 'vitest';
import { classBalance, loadedShare } from './selectors.ts';

const summary = {
  id: 'a',
  name: 'three kinds',
  classNames: ['ant', 'bee'],
  shape: { height: 8, width: 8, channels: 1 },
  trainCount: 30,
  validationCount: 3,
  testCount: 0,
  trainClassCounts: [10, 20, 0],
};

describe('the balance of the classes', () => {
  it('measures each against the most frequent one', () => {
    expect(classBalance(summary).map(({ share }) => share)).toEqual([0.5, 1, 0]);
  });

  it('numbers a class that has no name', () => {
    expect(classBalance(summary).map(({ name }) => name)).toEqual(['ant', 'bee', '2']);
  });

  it('is flat where there are no images', () => {
    const empty = classBalance({ ...summary, trainClassCounts: [0, 0] });
    expect(empty.map(({ share }) => share)).toEqual([0, 0]);
  });
});

describe('the bar while loading', () => {
  it('never leaves its track', () => {
    expect([loadedShare(0, 0), loadedShare(5, 10), loadedShare(11, 10)]).toEqual([0, 0.5, 1]);
  });
});
