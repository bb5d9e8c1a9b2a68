import type { Rect } from '../../../domain/figure/rect.ts';

const scratch = document.createElement('canvas');

/** Puts an image into a rectangle of a canvas, each of its pixels to be seen where it is drawn larger. */
export function blit(context: CanvasRenderingContext2D, image: ImageData, rect: Rect): void {
  // To set a size wipes the canvas too.
  scratch.width = image.width;
  scratch.height = image.height;
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  const { a, b, c, d } = context.getTransform();
  const shrinks = Math.min(Math.hypot(a, b), Math.hypot(c, d)) * (rect.width / image.width) < 0.75;
  context.imageSmoothingEnabled = shrinks;
  context.drawImage(scratch, rect.x, rect.y, rect.width, rect.height);
}
