import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { isWithin, sourceSides } from '../../domain/pictures/imageSides.ts';

/** Of so many pixels; undefined where they make no square in one channel or three. */
export function squareShape(pixels: number): ImageShape | undefined {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(pixels / channels);
    const size = { height: side, width: side };
    if (Number.isInteger(side) && isWithin(sourceSides, size)) return { ...size, channels };
  }
  return undefined;
}
