import type { Sheet } from '../../../domain/figure/sheet.ts';
import { signalImage, signalPixel } from '../signal.ts';

/** Pictures of one size, as many as there are maps: the value of a pixel of one of them. */
export type MapValue = (map: number, row: number, column: number) => number;

/** All maps of a sheet, with nothing between them. */
export function sheetImage(sheet: Sheet, most: number, value: MapValue): ImageData {
  const { across, down, stepX, stepY, scale, shown } = sheet;
  const image = new ImageData(Math.max(1, across * stepX), Math.max(1, down * stepY));
  const pixels = new Uint32Array(image.data.buffer);
  for (let map = 0; map < shown; map++) {
    const [left, top] = [(map % across) * stepX, Math.floor(map / across) * stepY];
    for (let y = 0; y < stepY - 1; y++) {
      for (let x = 0; x < stepX - 1; x++) {
        const number = value(map, Math.floor(y / scale), Math.floor(x / scale));
        pixels[(top + y) * image.width + left + x] = signalPixel(number, most);
      }
    }
  }
  return image;
}

/** One map, a pixel for each of its units. */
export const mapImage = (
  map: number,
  height: number,
  width: number,
  most: number,
  value: MapValue,
): ImageData => signalImage(width, height, most, (x, y) => value(map, y, x));
