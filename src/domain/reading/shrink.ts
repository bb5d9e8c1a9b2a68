import { resample } from '../pictures/resample.ts';

/** Brightness without a word on what is ink. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Area averages, so that grain evens out; a picture that is small already stays as it is. */
export function shrunkTo(mostSide: number, picture: Grey): Grey {
  const scale = mostSide / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(scale * picture.width));
  const height = Math.max(1, Math.round(scale * picture.height));
  const whole = {
    ...{ values: Float32Array.from(picture.pixels), stride: picture.width, left: 0, top: 0 },
    ...{ width: picture.width, height: picture.height },
  };
  const values = resample(
    whole,
    { scale: width / picture.width, shift: 0 },
    { scale: height / picture.height, shift: 0 },
    ...([width, height] as const),
  );
  return { width, height, pixels: Uint8Array.from(values, (value) => Math.round(value)) };
}
