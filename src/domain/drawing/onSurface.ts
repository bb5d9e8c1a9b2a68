import type { Point } from './strokes.ts';

/** What of a line lies on the surface, where its user sees it: the pieces between leaving and coming back. */
export function onSurface(line: readonly Point[], width: number): Point[][] {
  const isSeen = ({ x, y }: Point) => Math.min(x, y) > -width / 2 && Math.max(x, y) < 1 + width / 2;
  const pieces: Point[][] = [];
  let current: Point[] | undefined;
  for (const point of line) {
    if (!isSeen(point)) {
      current = undefined;
    } else if (current) {
      current.push(point);
    } else {
      current = [point];
      pieces.push(current);
    }
  }
  return pieces;
}
