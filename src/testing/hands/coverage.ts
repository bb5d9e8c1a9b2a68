import type { Point, Stroke } from '../../domain/drawing/strokes.ts';

/** How much of each pixel round pens cover, 0 to 1: straight from point to point, with soft edges. */
export function coverage(strokes: readonly Stroke[], side: number): Float32Array {
  const covered = new Float32Array(side * side);
  for (const { points, width } of strokes) {
    for (const [i, to] of points.entries()) {
      cover(covered, side, points[i - 1] ?? to, to, (width * side) / 2);
    }
  }
  return covered;
}

function cover(covered: Float32Array, side: number, from: Point, to: Point, radius: number): void {
  const [ax, ay, bx, by] = [from.x * side, from.y * side, to.x * side, to.y * side];
  const reach = radius + 1;
  const squared = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
  const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a: number, b: number) => Math.min(side - 1, Math.ceil(Math.max(a, b) + reach));
  for (let y = first(ay, by); y <= last(ay, by); y++) {
    for (let x = first(ax, bx); x <= last(ax, bx); x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const t = Math.min(1, Math.max(0, (px * (bx - ax) + py * (by - ay)) / squared));
      const away = Math.hypot(px - t * (bx - ax), py - t * (by - ay));
      const share = Math.min(1, Math.max(0, radius + 0.5 - away));
      const place = y * side + x;
      if (share > (covered[place] ?? 0)) covered[place] = share;
    }
  }
}
