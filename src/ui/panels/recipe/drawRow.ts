import type { ImageShape } from '../../../domain/architecture.ts';

/** Pixels of nothing between two images. */
const GAP = 2;

/** Draws images side by side, pixel for pixel: grey ones, or red, green and blue. */
export function drawRow(canvas: HTMLCanvasElement, pixels: Uint8Array, shape: ImageShape): void {
  const { width, height, channels } = shape;
  const bytes = width * height * channels;
  const count = pixels.length / bytes;
  canvas.width = count * (width + GAP) - GAP;
  canvas.height = height;
  const context = canvas.getContext('2d');
  for (let n = 0; n < count; n++) {
    const image = new ImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const first = n * bytes + pixel * channels;
      const colour = [0, 1, 2].map((c) => pixels[first + Math.min(c, channels - 1)] ?? 0);
      image.data.set([...colour, 255], 4 * pixel);
    }
    context?.putImageData(image, n * (width + GAP), 0);
  }
}
