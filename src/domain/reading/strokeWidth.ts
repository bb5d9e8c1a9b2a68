/**
 * Mean width of the strokes of an image, in pixels: twice their area by the length of their outline. A
 * grey edge counts by its grey: the outline's length is the sum of the gradients (coarea formula), so
 * that a stroke of 2.5 pixels measures 2.5.
 */
export function strokeWidth(strengths: ArrayLike<number>, width: number, height: number): number {
  let [area, outline] = [0, 0];
  const value = (x: number, y: number) =>
    x < width && y < height && x >= 0 && y >= 0 ? (strengths[y * width + x] ?? 0) : 0;
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      area += value(x, y);
      // Mean of the differences on the two sides of a cell: as long for a slanted edge as for a straight one.
      const across = value(x + 1, y) + value(x + 1, y + 1) - value(x, y) - value(x, y + 1);
      const down = value(x, y + 1) + value(x + 1, y + 1) - value(x, y) - value(x + 1, y);
      outline += Math.hypot(across, down) / 2;
    }
  }
  return outline === 0 ? 0 : (2 * area) / outline;
}
