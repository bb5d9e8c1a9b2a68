/**
 * How bright the paper is around each pixel: the median in a square window. Of paper with ink on it
 * most is paper, so ink does not count; and a median follows the edge of a shadow, where a mean or a
 * closing would blur it: for that the window lies evenly around its pixel, and is narrower at the
 * border.
 *
 * A histogram slides along each row (Huang, Yang and Tang 1979); it takes every `step`-th row alone.
 */
export function paperOf(
  pixels: Uint8Array,
  width: number,
  height: number,
  radius: number,
): Uint8Array {
  const paper = new Uint8Array(pixels.length);
  const step = radius > 16 ? 2 : 1;
  const histogram = new Int32Array(256);
  for (let y = 0; y < height; y++) {
    const high = reachAt(y, height, radius);
    const top = Math.max(0, y - high);
    const bottom = Math.min(height - 1, y + high);
    histogram.fill(0);
    let [count, below, median] = [0, 0, 0];
    const change = (x: number, by: 1 | -1) => {
      for (let row = top; row <= bottom; row += step) {
        const place = row * width + x;
        const value = pixels[place] ?? 0;
        histogram[value] = (histogram[value] ?? 0) + by;
        count += by;
        if (value < median) below += by;
      }
    };
    let [left, right] = [0, -1];
    for (let x = 0; x < width; x++) {
      const wide = reachAt(x, width, radius);
      while (right < Math.min(width - 1, x + wide)) change(++right, 1);
      while (right > x + wide) change(right--, -1);
      while (left < x - wide) change(left++, -1);
      const half = count >> 1;
      while (median > 0 && below > half) below -= histogram[--median] ?? 0;
      while (median < 255 && below + (histogram[median] ?? 0) <= half) {
        below += histogram[median++] ?? 0;
      }
      paper[y * width + x] = median;
    }
  }
  return paper;
}

/** Never narrower than this, or paper would be what is in the corner alone. */
const LEAST_REACH = 4;

function reachAt(place: number, count: number, radius: number): number {
  return Math.max(Math.min(LEAST_REACH, radius), Math.min(radius, place, count - 1 - place));
}
