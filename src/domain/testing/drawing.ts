import type { GreyPicture } from '../reading/ink.ts';

/** Drawings for tests, and what there is to measure of them. */

export type Point = readonly [x: number, y: number];

/** A round pen's stroke through these points, antialiased, light on dark. */
export function draw(size: number, pen: number, points: readonly Point[]): GreyPicture {
  const pixels = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = distanceTo(points, x + 0.5, y + 0.5);
      pixels[y * size + x] = Math.round(255 * Math.min(1, Math.max(0, pen / 2 - distance + 0.5)));
    }
  }
  return { width: size, height: size, pixels, ink: 'light' };
}

function distanceTo(points: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, [x1, y1]] of points.entries()) {
    const [x0, y0] = points[i - 1] ?? [x1, y1];
    const lengthSquared = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
    const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared;
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)));
  }
  return nearest;
}

/** Dark on light. */
export function negative({ width, height, pixels }: GreyPicture): GreyPicture {
  return { width, height, pixels: pixels.map((pixel) => 255 - pixel), ink: 'dark' };
}

/** Centre of mass in pixel indices, and the extent of what is not faint. */
export function measure(pixels: Uint8Array, width = 28) {
  let [mass, x, y, left, right, top, bottom] = [0, 0, 0, width, -1, width, -1];
  for (const [i, value] of pixels.entries()) {
    const [column, row] = [i % width, Math.floor(i / width)];
    mass += value;
    x += value * column;
    y += value * row;
    if (value < 8) continue; // the faint rim of antialiasing
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  }
  return { x: x / mass, y: y / mass, width: right - left + 1, height: bottom - top + 1 };
}

/** Mean absolute difference of two pictures, of 255. */
export const difference = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;

/** A seven in the unit square. */
export const seven: readonly Point[] = [
  [0.3, 0.25],
  [0.7, 0.25],
  [0.45, 0.8],
];
export const scaledBy = (points: readonly Point[], scale: number, dx = 0, dy = 0): Point[] =>
  points.map(([x, y]) => [x * scale + dx, y * scale + dy]);
