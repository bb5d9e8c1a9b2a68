import { at } from '../../util/assert.ts';
import type { Architecture } from '../architecture/architecture.ts';
import type { Exciting } from './exciting.ts';
import { type Field, receptiveField } from './receptiveField.ts';

/** What a unit sees of an image where it is strongest. */
export interface Patch {
  /** Which of the validation images. */
  readonly image: number;
  readonly label: number;
  /** The activation there, above zero. */
  readonly value: number;
  /** Which of its pixels these are, the last row and column included. */
  readonly field: Field;
  /** `(bottom - top + 1) * (right - left + 1) * channels` bytes. */
  readonly pixels: Uint8Array;
}

/**
 * The pieces of validation images that excite a unit most, the strongest first; fewer than `top` where it
 * answers in fewer images (Zeiler and Fergus 2014).
 */
export function excitingPatches(
  { layer, top, values, ys, xs, imageOf, shown }: Exciting,
  architecture: Architecture,
  unit: number,
): readonly Patch[] {
  const { height, width, channels } = architecture.input;
  const bytes = height * width * channels;
  const patches: Patch[] = [];
  for (let i = unit * top; i < (unit + 1) * top && at(values, i) > 0; i++) {
    const image = at(imageOf, i);
    const field = receptiveField(architecture, layer, at(ys, i), at(xs, i));
    const whole = shown.pixels.subarray(image * bytes, (image + 1) * bytes);
    patches.push({
      ...{ image: at(shown.indices, image), label: at(shown.labels, image), value: at(values, i) },
      ...{ field, pixels: cut(whole, width, channels, field) },
    });
  }
  return patches;
}

function cut(image: Uint8Array, width: number, channels: number, field: Field): Uint8Array {
  const { top, left, bottom, right } = field;
  const row = (right - left + 1) * channels;
  const pixels = new Uint8Array((bottom - top + 1) * row);
  for (let y = top; y <= bottom; y++) {
    const from = (y * width + left) * channels;
    pixels.set(image.subarray(from, from + row), (y - top) * row);
  }
  return pixels;
}

/** Units that were above zero in none of the images, by number. */
export function neverActive({ active }: Pick<Exciting, 'active'>): readonly number[] {
  return [...active.keys()].filter((unit) => active[unit] === 0);
}
