import type { ImageShape } from '../../domain/architecture/architecture.ts';

/** An image as canvases take it: one channel is grey, three are red, green and blue. */
export function rgbaOf(
  pixels: Uint8Array,
  { width, height, channels }: ImageShape,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const source = pixel * channels + Math.min(channel, channels - 1);
      rgba[4 * pixel + channel] = pixels[source] ?? 0;
    }
  }
  return rgba;
}

export function imageDataOf(pixels: Uint8Array, shape: ImageShape): ImageData {
  return new ImageData(rgbaOf(pixels, shape), shape.width, shape.height);
}
