import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawable,
  type OverlayPoint,
  type OverlaySeries,
  overlayRows,
  pointUpTo,
} from './overlay.ts';
import { runLook } from './runColors.ts';

const curve = (key: string, points: readonly OverlayPoint[]): OverlaySeries => ({
  ...{ key, runId: key, name: key, look: runLook(0), weight: 'bold', points },
});

describe('curves over each other', () => {
  it('share the rows where they share the place', () => {
    const a = curve('a', [
      { x: 1, y: 4 },
      { x: 3, y: 2 },
    ]);
    const b = curve('b', [
      { x: 2, y: 7 },
      { x: 3, y: 5 },
    ]);
    expect(overlayRows([a, b])).toEqual([
      { x: 1, a: 4 },
      { x: 2, b: 7 },
      { x: 3, a: 2, b: 5 },
    ]);
  });

  it('keep every point, in the order of x', () => {
    const points = fc
      .uniqueArray(fc.nat(1000), { maxLength: 30 })
      .map((places) => places.sort((x, y) => x - y).map((x) => ({ x, y: x % 7 })));
    fc.assert(
      fc.property(fc.array(points, { maxLength: 5 }), (curves) => {
        const rows = overlayRows(curves.map((some, i) => curve(`curve-${i}`, some)));
        expect(rows.map(({ x }) => x)).toEqual([...rows.map(({ x }) => x)].sort((x, y) => x - y));
        curves.forEach((some, i) => {
          const kept = rows.flatMap((row) => {
            const y = row[`curve-${i}`];
            return y === undefined ? [] : [{ x: row.x, y }];
          });
          expect(kept).toEqual(some);
        });
      }),
    );
  });

  it('stay few however long the run, keep the outlier, and leave out what is no number', () => {
    const points = Array.from({ length: 50_000 }, (_, x) => ({ x, y: x === 31_234 ? 90 : 1 }));
    const [drawn] = drawable([curve('a', [...points, { x: 50_000, y: Number.NaN }])]);
    expect(drawn?.points.length).toBeLessThanOrEqual(200);
    expect(drawn?.points).toContainEqual({ x: 31_234, y: 90 });
    expect(drawn?.points.at(-1)).toEqual({ x: 49_999, y: 1 });
  });
});

describe('the number of a curve at the pointer', () => {
  const a = curve('a', [
    { x: 10, y: 1 },
    { x: 20, y: 2 },
  ]);

  it('is the newest up to there, and none before the first', () => {
    expect(pointUpTo(a, 9)).toBeUndefined();
    expect(pointUpTo(a, 10)?.y).toBe(1);
    expect(pointUpTo(a, 19.5)?.y).toBe(1);
    expect(pointUpTo(a, 99)?.y).toBe(2);
  });
});
