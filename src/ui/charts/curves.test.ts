import { afterEach, describe, expect, it, vi } from 'vitest';
import { Curve } from '../../domain/metrics/curve.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { MovingAverage } from '../../domain/metrics/movingAverage.ts';
import { Thinning } from '../../domain/metrics/thin.ts';
import { curveRows, GrowingRows } from './curves.ts';

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

describe('the rows of curves that grow', () => {
  afterEach(() => vi.restoreAllMocks());
  const keys = ['step', 'loss', 'accuracy'] as const;
  const all = curve(3000, (step) => 10 / step + (step % 7));

  it('are those of the whole, wherever they were looked at before', () => {
    const growing = new GrowingRows({ ...options, smoothing: 0.6, steps: 3000 });
    let training: Curve<TrainingPoint> = Curve.from(all.slice(0, 1), keys);
    let validation: Curve<TrainingPoint> = Curve.from([], keys);
    for (const end of [10, 299, 300, 301, 302, 900, 3000]) {
      training = training.appended(all.slice(training.length, end));
      validation = validation.appended(all.slice(end - 1, end));
      expect(growing.of(training, validation)).toEqual(
        curveRows(training, validation, { ...options, smoothing: 0.6, steps: 3000 }),
      );
    }
    // Of another run, and of the same one cut back.
    const other = training.upTo(500).appended(all.slice(900, 1000));
    expect(growing.of(other, validation)).toEqual(
      curveRows(other, validation, { ...options, smoothing: 0.6, steps: 3000 }),
    );
  });

  it('read no more than what is new', () => {
    const growing = new GrowingRows(options);
    const long: Curve<TrainingPoint> = Curve.from(all, keys);
    growing.of(long, []);
    const longer = long.appended([point(3001, 1), point(3002, 1)]);
    const read = vi.spyOn(Thinning.prototype, 'add');
    const smoothed = vi.spyOn(MovingAverage.prototype, 'add');
    growing.of(longer, []);
    expect(read).toHaveBeenCalledTimes(2);
    expect(smoothed).toHaveBeenCalledTimes(2);
  });
});
