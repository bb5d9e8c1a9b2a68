import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../src/domain/metrics/wilson.ts';
import { accuracyTable, runOf, wilson } from './accuracy.mjs';

const words = ['--recipe', 'seed'];
const events = [
  ...Array.from({ length: 12 }, (_, i) => ({
    event: 'step',
    step: i,
    loss: i < 2 ? 9 : 0.5,
    accuracy: 1,
  })),
  { event: 'validation', step: 100, loss: 0.3, accuracy: 0.9, images: 5 },
  { event: 'validation', step: 200, loss: 0.6, accuracy: 0.8, images: 5 },
  {
    event: 'evaluation',
    split: 'test',
    loss: 0.2,
    accuracy: 0.9,
    confusion: [
      [5, 0],
      [1, 4],
    ],
  },
];

describe('a figure of accuracy', () => {
  it('has the mean of the last ten log lines, the last validation and the lowest', () => {
    const run = runOf(words, events, 90);
    expect(run).toMatchObject({ testImages: 10, lowest: { step: 100 }, validation: { step: 200 } });
    expect(
      accuracyTable([run])
        .split('\n')[2]
        ?.split('|')
        .map((cell) => cell.trim()),
    ).toEqual([
      ...['', '`--recipe seed`', '0.500', '0.600', '0.300 at step 100', '−0.100', '90.00 %'],
      ...['59.58 to 98.21 %', '1.5', ''],
    ]);
  });

  it('is refused where a run was not evaluated', () => {
    expect(() => runOf(words, events.slice(0, -1), 1)).toThrow('A run told too little.');
  });

  it('has the interval that the page shows', () => {
    const { low, high } = wilson(0.9935, 10_000);
    const shown = wilsonInterval(9935, 10_000);
    expect(low).toBeCloseTo(shown.low, 6);
    expect(high).toBeCloseTo(shown.high, 6);
  });
});
