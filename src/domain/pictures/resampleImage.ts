import type { ImageShape } from '../architecture/architecture.ts';
import type { Size } from './imageSides.ts';
import { resample } from './resample.ts';

/**
 * An image of bytes, interleaved channels, at another size: each axis stretched by itself, shrunken
 * by area averaging, grown by linear interpolation (see `resample`).
 */
export function resampleImage(pixels: Uint8Array, from: ImageShape, to: Size): Uint8Array {
  const { height, width, channels } = from;
  const out = new Uint8Array(to.height * to.width * channels);
  const rows = ruler(height, to.height);
  const columns = ruler(width, to.width);
  const plane = new Float32Array(rows.length * columns.length);
  const patch = {
    ...{ values: plane, stride: columns.length, left: 0, top: 0 },
    ...{ width: columns.length, height: rows.length },
  };
  for (let channel = 0; channel < channels; channel++) {
    let place = 0;
    for (const y of rows) {
      for (const x of columns) {
        plane[place++] = pixels[(y * width + x) * channels + channel] ?? 0;
      }
    }
    const values = resample(
      patch,
      axis(columns.length, width, to.width),
      axis(rows.length, height, to.height),
      ...([to.width, to.height] as const),
    );
    for (const [i, value] of values.entries()) {
      out[i * channels + channel] = Math.min(255, Math.round(value));
    }
  }
  return out;
}

/**
 * The pixels of one axis. Where it grows, the pixels at both ends stand there twice: beyond its ends
 * `resample` knows only black, which would darken the rim.
 */
function ruler(size: number, target: number): number[] {
  const line = Array.from({ length: size }, (_, i) => i);
  return target > size ? [0, ...line, size - 1] : line;
}

function axis(length: number, size: number, target: number) {
  const scale = target / size;
  return { scale, shift: -((length - size) / 2) * scale };
}
