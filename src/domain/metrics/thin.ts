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
  assert(limit >= 2, 'a curve keeps its first and its last point');
  if (length <= limit) return Array.from({ length }, (_, place) => place);
  const stretches = Math.floor((limit - 2) / 2);
  const inner = length - 2;
  const kept = new Set([0]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = 1 + Math.floor((stretch * inner) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    const { lowest, highest } = extremes(start, end, heightAt);
    kept.add(Math.min(lowest, highest)).add(Math.max(lowest, highest));
  }
  kept.add(length - 1);
  return [...kept];
}

/** Places of the extremes. Where no value is a number, the first stands for all. */
function extremes(
  start: number,
  end: number,
  heightAt: (place: number) => number,
): { lowest: number; highest: number } {
  let lowest = start;
  let highest = start;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = start; i < end; i++) {
    const value = heightAt(i);
    if (value < low) [low, lowest] = [value, i];
    if (value > high) [high, highest] = [value, i];
  }
  return { lowest, highest };
}
