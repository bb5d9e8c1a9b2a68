import { describe, expect, it } from 'vitest';
import { doneRow, failedRow, someAblation } from '../testing/ablations.ts';
import { isClear, variantFigures } from './ablationFigures.ts';
import { type AblationQueue, withRow } from './ablationQueue.ts';
import type { AblationRow } from './ablationRow.ts';

const fresh = someAblation(['geometry', 'elastic'], 3);
const withRows = (rows: readonly AblationRow[]): AblationQueue => rows.reduce(withRow, fresh);
const threeOf = (variant: 'seed' | 'elastic', accuracies: readonly number[]) =>
  accuracies.map((accuracy, i) => doneRow(variant, accuracy, i + 1));

describe('the figures of an ablation', () => {
  it('are means over the seeds, with the spread between them', () => {
    const [seed] = variantFigures(withRows(threeOf('seed', [0.96, 0.97, 0.98])));
    expect(seed).toMatchObject({ variant: 'seed', runs: 3, difference: undefined, seconds: 27 });
    expect(seed?.accuracy.mean).toBeCloseTo(0.97, 10);
    expect(seed?.accuracy.spread).toBeCloseTo(0.01, 10);
    expect(seed?.gap.mean).toBeCloseTo(0.03, 10);
  });

  it('pair each run with that of the seed recipe from the same seed', () => {
    const seeds = threeOf('seed', [0.96, 0.97, 0.98]);
    const paired = variantFigures(withRows([...seeds, ...threeOf('elastic', [0.97, 0.98, 0.99])]));
    const crossed = variantFigures(withRows([...seeds, ...threeOf('elastic', [0.99, 0.98, 0.97])]));
    const difference = (figures: typeof paired) => figures[1]?.difference;
    expect(difference(paired)?.mean).toBeCloseTo(0.01, 10);
    expect(difference(paired)?.spread).toBeCloseTo(0, 10);
    expect(difference(crossed)?.mean).toBeCloseTo(0.01, 10);
    expect(difference(crossed)?.spread).toBeCloseTo(0.02, 10);
  });

  it('compare over the seeds that both have, and nothing where the seed recipe failed', () => {
    const some = withRows([doneRow('seed', 0.96, 2), ...threeOf('elastic', [0.9, 0.97, 0.9])]);
    expect(variantFigures(some)[1]?.difference).toMatchObject({
      mean: expect.closeTo(0.01, 10),
      spread: undefined,
    });
    const none = withRows([failedRow('seed'), doneRow('elastic', 0.98)]);
    expect(variantFigures(none)).toMatchObject([{ variant: 'elastic', difference: undefined }]);
  });

  it('call a gap clear where it is above what seeds and images leave to chance', () => {
    const wide = variantFigures(withRows(threeOf('seed', [0.97, 0.969, 0.971])));
    expect(wide.map(({ gap }) => isClear(gap))).toEqual([true]);
    const scattered = variantFigures(withRows(threeOf('seed', [0.999, 0.97, 0.998])));
    expect(scattered.map(({ gap }) => isClear(gap))).toEqual([false]);
  });
});
