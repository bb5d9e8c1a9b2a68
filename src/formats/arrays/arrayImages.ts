import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { portions, type Steps } from '../../util/steps.ts';
import { squareShape } from './squareShape.ts';

/**
 * The images of an array of (n, height, width), (n, height, width, channels), (n, channels, height, width),
 * as PyTorch has it, or (n, pixels) of square images.
 */
export function arrayImageShape([, ...extents]: readonly number[]): ImageShape | undefined {
  const [a = 0, b = 0, c = 0] = extents;
  const isColour = (channels: number) => channels === 1 || channels === 3;
  switch (extents.length) {
    case 1:
      return squareShape(a);
    case 2:
      return { height: a, width: b, channels: 1 };
    case 3:
      if (isColour(c)) return { height: a, width: b, channels: c };
      return isColour(a) ? { height: b, width: c, channels: a } : undefined;
    default:
      return undefined;
  }
}

/** Pixels with the channels of each beside each other. */
export function* interleavedPixels(
  pixels: Uint8Array,
  extents: readonly number[],
  shape: ImageShape,
): Steps<Uint8Array> {
  const isPlanar = extents.length === 4 && extents[3] !== shape.channels;
  const isOther = isPlanar && shape.channels > 1;
  return isOther ? yield* interleaved(pixels, extents[0] ?? 0, shape) : pixels;
}

function* interleaved(planar: Uint8Array, count: number, shape: ImageShape): Steps<Uint8Array> {
  const { channels } = shape;
  const planePixels = shape.height * shape.width;
  const out = new Uint8Array(planar.length);
  for (const [first, behind] of portions(count, planePixels * channels)) {
    for (let image = first; image < behind; image++) {
      const start = image * planePixels * channels;
      for (let channel = 0; channel < channels; channel++) {
        for (let pixel = 0; pixel < planePixels; pixel++) {
          out[start + pixel * channels + channel] =
            planar[start + channel * planePixels + pixel] ?? 0;
        }
      }
    }
    yield;
  }
  return out;
}
