/** Height and width of an image in pixels, and its number of colour channels. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The number of scalars in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** A shape of `[height, width, channels]` by its names. */
export function asImage(shape: readonly number[]): ImageShape {
  const [height = 1, width = 1, channels = 1] = shape;
  return { height, width, channels };
}
