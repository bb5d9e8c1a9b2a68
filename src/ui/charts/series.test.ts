import { describe, expect, it } from 'vitest';
import { allSeries, isLastVisible, toggled, visibleValues } from './series.ts';

describe('the legend', () => {
  it('hides and shows a curve', () => {
    const hidden = toggled(allSeries, 'raw');
    expect(hidden).toEqual({ raw: false, smoothed: true, validation: true });
    expect(toggled(hidden, 'raw')).toEqual(allSeries);
  });

  it('never hides the last one', () => {
    const last = toggled(toggled(allSeries, 'raw'), 'smoothed');
    expect(isLastVisible(last, 'validation')).toBe(true);
    expect(toggled(last, 'validation')).toBe(last);
  });

  it('decides which values the axis has to hold', () => {
    const row = (step: number, raw: number) => ({
      ...{ step, raw, smoothed: raw / 2, validation: undefined, validated: undefined },
    });
    const rows = [row(1, 8), row(2, 4)];
    expect(visibleValues(rows, allSeries)).toEqual([8, 4, 4, 2]);
    expect(visibleValues(rows, toggled(allSeries, 'raw'), 2)).toEqual([2]);
  });
});
