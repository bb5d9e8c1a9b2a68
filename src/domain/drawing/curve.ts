import type { Point } from './strokes.ts';

/** Straight pieces that a curve between two middles is made of. */
const PIECES = 4;

/**
 * A line through the middles of the points, bent towards the points between (quadratic Bézier curves),
 * so that fast strokes have no corners; as straight pieces.
 */
export function curveThrough(points: readonly Point[]): Point[] {
  const [first] = points;
  if (!first) return [];
  const curve: Point[] = [first];
  let from = first;
  for (const [i, point] of points.entries()) {
    const to = middle(point, points[i + 1] ?? point);
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
      curve.push({
        x: a * from.x + b * point.x + c * to.x,
        y: a * from.y + b * point.y + c * to.y,
      });
    }
    from = to;
  }
  return curve;
}

const middle = (one: Point, other: Point): Point => ({
  x: (one.x + other.x) / 2,
  y: (one.y + other.y) / 2,
});
