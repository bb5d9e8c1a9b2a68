import type { Attribution } from '../../../domain/inside/explanation.ts';
import { at } from '../../../util/assert.ts';
import { blit } from '../figure/blit.ts';
import { type InputPixels, paintInput } from '../figure/paintFigure.ts';
import { largestOf } from '../signal.ts';

/** For a class, and against it: neither is a colour of the picture itself. */
export const FOR = [255, 168, 38] as const;
export const AGAINST = [56, 190, 255] as const;
/** The picture lies back, or what is bright in it would hide what is said of it. */
const DIMMED = 'rgb(13 12 11 / 50%)';

/** An image, and over it what of it speaks for a class or against it. */
export function paintWhy(
  context: CanvasRenderingContext2D,
  side: { readonly width: number; readonly height: number },
  input: InputPixels,
  attribution: Attribution | undefined,
): void {
  const rect = { x: 0, y: 0, ...side };
  paintInput(context, rect, input);
  context.fillStyle = DIMMED;
  context.fillRect(0, 0, side.width, side.height);
  if (attribution) blit(context, overlay(attribution), rect);
}

function overlay({ width, height, values }: Attribution): ImageData {
  const image = new ImageData(width, height);
  const most = largestOf(values);
  for (let i = 0; i < width * height; i++) {
    const value = most > 0 ? at(values, i) / most : 0;
    image.data.set(value < 0 ? AGAINST : FOR, 4 * i);
    image.data[4 * i + 3] = Math.round(235 * Math.abs(value) ** 0.8);
  }
  return image;
}

/** Where most speaks for the class, as a row and a column of the image. */
export function strongestPlace(
  { width, height, values }: Attribution,
  input: { readonly width: number; readonly height: number },
): { row: number; column: number } {
  let best = 0;
  for (const [i, value] of values.entries()) if (value > at(values, best)) best = i;
  return {
    row: Math.floor(((Math.floor(best / width) + 0.5) * input.height) / height),
    column: Math.floor((((best % width) + 0.5) * input.width) / width),
  };
}
