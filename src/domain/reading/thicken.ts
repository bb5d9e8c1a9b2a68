import { squaredDistances } from './distance.ts';
import type { InkMap } from './ink.ts';

/** Makes strokes wider by `radius` pixels on either side, with a soft edge of a pixel. */
export function thickened({ width, height, strengths }: InkMap, radius: number): InkMap {
  const margin = Math.ceil(radius) + 1;
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const peak = strengths.reduce((most, strength) => Math.max(most, strength), 0);
  const at = (place: number) => {
    const [x, y] = [(place % wide) - margin, Math.floor(place / wide) - margin];
    return x >= 0 && x < width && y >= 0 && y < height ? (strengths[y * width + x] ?? 0) : 0;
  };
  const squares = squaredDistances((place) => at(place) > peak / 2, wide, high);
  const grown = Float32Array.from(squares, (square, place) => {
    const coverage = Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(square)));
    return Math.max(at(place), peak * coverage);
  });
  return { width: wide, height: high, strengths: grown };
}
