import type { ImageShape } from '../architecture/architecture.ts';
import { type FixedView, plainView } from './fixedView.ts';
import type { Switch } from './strengths.ts';

/**
 * Test-time augmentation: the network looks at an image in several ways, and the mean of its
 * probabilities decides. The first view is the image as it is.
 */

/** Pixels that a colour image is padded by, of which the crops are then taken. */
const PADDING = 2;

/**
 * Of grey images, which are digits or letters: the image, and the same moved by a pixel to either side,
 * up and down. Of colour images: the ten crops of Krizhevsky et al. 2012, section 4.1, centre and four
 * corners and the mirror images of all five; theirs were of 224 pixels out of 256, these are of the
 * image padded at its border. Where mirroring is not in the recipe, the mirror images are left out: the
 * network has never seen one.
 */
export function viewsOf(
  { channels }: Pick<ImageShape, 'channels'>,
  mirror: Switch,
): readonly FixedView[] {
  if (channels === 1) return [plainView, ...moved(sides(1))];
  const crops = [plainView, ...moved(corners(PADDING))];
  const mirrored = crops.map((view): FixedView => ({ ...view, mirror: true }));
  return mirror === 'on' ? [...crops, ...mirrored] : crops;
}

const moved = (shifts: readonly (readonly [number, number])[]) =>
  shifts.map((shift): FixedView => ({ ...plainView, shift }));

/** To the right, to the left, down and up. */
export function sides(pixels: number): readonly (readonly [number, number])[] {
  return [
    [pixels, 0],
    [-pixels, 0],
    [0, pixels],
    [0, -pixels],
  ];
}

function corners(pixels: number): readonly (readonly [number, number])[] {
  return [
    [pixels, pixels],
    [-pixels, pixels],
    [pixels, -pixels],
    [-pixels, -pixels],
  ];
}
