import { describe, expect, it } from 'vitest';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { curveRows } from './curves.ts';

const options = { metric: 'loss', smoothing: 0, steps: 100 } as const;
const point = (step: number, loss: number): TrainingPoint => ({ step, loss, accuracy: 0 });
const curve = (count: number, lossAt: (step: number) => number) =>
  Array.from({ length: count }, (_, i) => point(i + 1, lossAt(i + 1)));

describe('the rows of a chart', () => {
  it('bring training and validation together in the order of steps', () => {
    const rows = curveRows([point(1, 4), point(2, 3)], [point(2, 3.5), point(4, 1)], options);
    expect(rows).toEqual([
      { step: 1, raw: 4, smoothed: 4, validation: undefined, validated: undefined },
      { step: 2, raw: 3, smoothed: 3, validation: 3.5, validated: { step: 2, value: 3.5 } },
      {
        ...{ step: 4, raw: undefined, smoothed: undefined },
        ...{ validation: 1, validated: { step: 4, value: 1 } },
      },
    ]);
  });

  it('stay few however long the run, and keep its one outlier and every validation', () => {
    const training = curve(20_000, (step) => (step === 12_345 ? 40 : 1));
    const validation = Array.from({ length: 20 }, (_, i) => point(1000 * (i + 1), 0.5));
    const rows = curveRows(training, validation, { ...options, steps: 20_000 });
    expect(rows.length).toBeLessThanOrEqual(320);
    expect(rows.find(({ raw }) => raw === 40)?.step).toBe(12_345);
    expect(rows.filter(({ validation: value }) => value !== undefined)).toHaveLength(20);
    expect(rows.find(({ step }) => step === 7000)?.raw).toBe(1);
  });

  it('are smoothed before they are thinned', () => {
    const training = curve(3000, (step) => step % 2);
    const rows = curveRows(training, [], { ...options, smoothing: 0.98, steps: 3000 });
    for (const { step, smoothed } of rows.filter((row) => row.step > 1000)) {
      expect(smoothed, `step ${step}`).toBeCloseTo(0.5, 1);
    }
  });

  it('have a gap where a loss is no number', () => {
    const rows = curveRows([point(1, 2), point(2, Number.NaN)], [], options);
    expect(rows.map(({ raw }) => raw)).toEqual([2, undefined]);
    expect(curveRows([], [], options)).toEqual([]);
  });
});
