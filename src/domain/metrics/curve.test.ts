import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Curve, columnOf, firstAfter, pointsSince } from './curve.ts';
import { curvesOf, packHistory, unpackHistory } from './history.ts';

interface Point {
  readonly step: number;
  readonly loss: number;
}
const keys = ['step', 'loss'] as const;
const pointsArb = fc.array(fc.record({ step: fc.nat(), loss: fc.double() }), { maxLength: 600 });

describe('a curve', () => {
  it('reads as the list of its points, however these were added', () => {
    fc.assert(
      fc.property(fc.array(pointsArb, { maxLength: 5 }), (parts) => {
        const empty: Curve<Point> = Curve.from([], keys);
        const curve = parts.reduce((grown, points) => grown.appended(points), empty);
        const list = parts.flat();
        expect([...curve]).toEqual(list);
        expect(curve.length).toBe(list.length);
        expect([curve.at(0), curve.at(-1), curve.at(list.length)]).toEqual([
          list[0],
          list.at(-1),
          undefined,
        ]);
        expect(curve.map(({ loss }) => loss)).toEqual([...columnOf(curve, 'loss')]);
        expect([...Curve.of(curve.packed())]).toEqual(list);
      }),
    );
  });

  it('is cut as a list is', () => {
    const cut = fc.option(fc.integer({ min: -700, max: 700 }), { nil: undefined });
    fc.assert(
      fc.property(pointsArb, cut, cut, (list, from, to) => {
        const curve: Curve<Point> = Curve.from(list, keys);
        expect([...curve.slice(from, to)]).toEqual(list.slice(from, to));
      }),
    );
  });

  it('stays what it is when longer ones are made of it, and of what it was cut to', () => {
    const point = (step: number, loss: number) => ({ step, loss });
    const first: Curve<Point> = Curve.from([point(1, 1), point(2, 2)], keys);
    const longer = first.appended([point(3, 3)]);
    const other = first.upTo(1).appended([point(2, 20), point(3, 30)]);
    const another = first.appended([point(3, 300)]);
    expect([...first]).toEqual([point(1, 1), point(2, 2)]);
    expect([...longer]).toEqual([point(1, 1), point(2, 2), point(3, 3)]);
    expect([...other]).toEqual([point(1, 1), point(2, 20), point(3, 30)]);
    expect([...another]).toEqual([point(1, 1), point(2, 2), point(3, 300)]);
  });

  it('takes one more point without copying those before', () => {
    const grown: Curve<Point> = Curve.from([{ step: 1, loss: 1 }], keys);
    const longer = grown.appended([{ step: 2, loss: 2 }]);
    expect(longer.column('loss').buffer).toBe(grown.column('loss').buffer);
  });

  it('is known to go on from those that it was made of, however long it grew, and from no other', () => {
    const point = (step: number, loss = 0) => ({ step, loss });
    const first: Curve<Point> = Curve.from([point(1), point(2)], keys);
    const longer = Array.from({ length: 2000 }, (_, i) => point(i + 3)).reduce(
      (grown, one) => grown.appended([one]),
      first,
    );
    expect(longer.slice().continues(first)).toBe(true);
    expect([...(pointsSince(longer, longer.upTo(2001)) ?? [])]).toEqual([point(2002)]);
    expect(first.continues(longer)).toBe(false);
    for (const other of [first, first.upTo(1), longer.upTo(900)]) {
      const branch = other.appended(Array.from({ length: 3000 }, (_, i) => point(i, 7)));
      expect(longer.continues(branch)).toBe(false);
      expect(branch.continues(longer)).toBe(false);
    }
    expect(longer.slice(1).continues(longer.slice(0, 5))).toBe(false);
    expect(pointsSince([point(1)], [point(1)])).toBeUndefined();
  });

  it('has the place of each step', () => {
    const curve: Curve<Point> = Curve.from(
      [10, 20, 30].map((step) => ({ step, loss: 0 })),
      keys,
    );
    expect([5, 10, 25, 30, 99].map((step) => firstAfter(curve, step))).toEqual([0, 1, 2, 3, 3]);
  });

  it('is written as the list of its points', () => {
    const curve: Curve<Point> = Curve.from([{ step: 1, loss: 2 }], keys);
    expect(JSON.stringify({ curve })).toBe('{"curve":[{"step":1,"loss":2}]}');
  });
});

it('a history is packed and unpacked, losses that are no number among them', () => {
  const training = [{ step: 1, loss: Number.NaN, accuracy: 1 / 3 }];
  const validation = [{ step: 1, loss: Number.POSITIVE_INFINITY, accuracy: 0.5, images: 7 }];
  const unpacked = unpackHistory(structuredClone(packHistory({ training, validation })));
  expect([...unpacked.training]).toEqual(training);
  expect([...unpacked.validation]).toEqual(validation);
  expect(curvesOf(unpacked).training).toBe(unpacked.training);
});
