import { assert, at } from '../../util/assert.ts';

/**
 * Thins a curve for a chart: at most `limit` points, the first and the last among them, and from
 * each stretch between its lowest and its highest, so that no outlier is hidden. All are points of
 * the curve, in its order.
 */
export function thin<Point>(
  points: readonly Point[],
  limit: number,
  heightOf: (point: Point) => number,
): Point[] {
  const places = thinPlaces(points.length, limit, (place) => heightOf(at(points, place)));
  return places.map((place) => at(points, place));
}

/** The same of whatever has so many points: the places of those that stay. */
export function thinPlaces(
  length: number,
  limit: number,
  heightAt: (place: number) => number,
): number[] {
  const thinning = new Thinning(limit);
  for (let place = 0; place < length; place++) thinning.add(heightAt(place));
  return thinning.places();
}

/** Places of the extremes of a stretch. Where no value is a number, its first stands for all. */
interface Stretch {
  lowest: number;
  low: number;
  highest: number;
  high: number;
}

/**
 * The same of points as they come: each is taken in once, whatever came before. Stretches are of one length;
 * where there is no room for another, each two become one.
 */
export class Thinning {
  private length = 0;
  private stretches: Stretch[] = [];
  private stretchLength = 1;
  /** The stretch that is being made, and the place that follows it: the first point is in none. */
  private current: Stretch | undefined;
  private end = 1;
  private readonly mostStretches: number;

  constructor(private readonly limit: number) {
    assert(limit >= 2, 'a curve keeps its first and its last point');
    this.mostStretches = Math.floor((limit - 2) / 2);
  }

  add(height: number): void {
    const place = this.length++;
    if (place >= this.end) this.beginStretch(place);
    const { current } = this;
    if (!current) return;
    if (height < current.low) {
      current.low = height;
      current.lowest = place;
    }
    if (height > current.high) {
      current.high = height;
      current.highest = place;
    }
  }

  private beginStretch(place: number): void {
    if (this.mostStretches === 0) return;
    if (this.stretches.length === this.mostStretches) this.join();
    this.end = 1 + this.stretchLength * this.stretches.length;
    // Of an odd number of stretches the last has nothing to be joined with, and goes on.
    this.current = this.stretches.at(-1);
    if (place < this.end) return;
    const { POSITIVE_INFINITY: low, NEGATIVE_INFINITY: high } = Number;
    this.current = { lowest: place, low, highest: place, high };
    this.stretches.push(this.current);
    this.end += this.stretchLength;
  }

  private join(): void {
    const { stretches } = this;
    this.stretchLength *= 2;
    this.stretches = [];
    for (let i = 0; i < stretches.length; i += 2) {
      const [one, other] = [at(stretches, i), stretches[i + 1]];
      this.stretches.push(other ? joined(one, other) : one);
    }
  }

  /** The places of those that stay. */
  places(): number[] {
    const { length, limit } = this;
    if (length <= limit) return Array.from({ length }, (_, place) => place);
    const kept = new Set([0]);
    for (const { lowest, highest } of this.stretches) {
      kept.add(Math.min(lowest, highest)).add(Math.max(lowest, highest));
    }
    return [...kept.add(length - 1)];
  }
}

const joined = (one: Stretch, other: Stretch): Stretch => ({
  ...(other.low < one.low ? other : one),
  ...(({ highest, high }) => ({ highest, high }))(other.high > one.high ? other : one),
});
