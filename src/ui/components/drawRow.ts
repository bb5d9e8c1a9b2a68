import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { imageDataOf } from './imageData.ts';

/**
 * Makes a canvas as large as a row of images and draws them side by side, pixel for pixel.
 *
 * @param pixels images one after the other, `height * width * channels` bytes each
 * @param gap pixels of nothing between two images
 */
export function drawRow(
  canvas: HTMLCanvasElement,
  pixels: Uint8Array,
  shape: ImageShape,
  gap: number,
): void {
  const { width, height, channels } = shape;
  const bytes = width * height * channels;
  const count = Math.max(1, Math.floor(pixels.length / bytes));
  canvas.width = count * (width + gap) - gap;
  canvas.height = height;
  const context = canvas.getContext('2d');
  for (let n = 0; n < count; n++) {
    const image = imageDataOf(pixels.subarray(n * bytes, (n + 1) * bytes), shape);
    context?.putImageData(image, n * (width + gap), 0);
  }
}
