import { at } from '../../util/assert.ts';
import type { ImageShape } from '../architecture/shape.ts';

/** Of the picture's longer side: what is covered is about as large as a stroke's end. */
const COVERED_SHARE = 0.2;
/** How many covers lie over each pixel, along each side. */
const OVERLAP = 3;

/** Where a picture is covered by a square, one place after the other in rows. */
export interface Covers {
  readonly rows: number;
  readonly columns: number;
  readonly side: number;
  readonly stride: number;
}

/** Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks", section 4.2. */
export function coversOf({ height, width }: ImageShape): Covers {
  const side = Math.max(1, Math.round(COVERED_SHARE * Math.max(height, width)));
  const stride = Math.max(1, Math.floor(side / OVERLAP));
  return { rows: Math.ceil(height / stride), columns: Math.ceil(width / stride), side, stride };
}

/** The picture with its `index`-th place covered by paper: what its border has the most of. */
export function covered(
  image: Float32Array,
  { height, width, channels }: ImageShape,
  { columns, side, stride }: Covers,
  index: number,
  paper: readonly number[],
): Float32Array {
  const copy = image.slice();
  const begin = (place: number) => Math.floor((place + 0.5) * stride - side / 2);
  const [top, left] = [begin(Math.floor(index / columns)), begin(index % columns)];
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + side); x++) {
      copy.set(paper, (y * width + x) * channels);
    }
  }
  return copy;
}

/** The median of each channel along the border. */
export function paperOf(image: Float32Array, { height, width, channels }: ImageShape): number[] {
  return Array.from({ length: channels }, (_, channel) => {
    const border: number[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const isBorder = y === 0 || x === 0 || y === height - 1 || x === width - 1;
        if (isBorder) border.push(at(image, (y * width + x) * channels + channel));
      }
    }
    border.sort((one, other) => one - other);
    return at(border, border.length >> 1);
  });
}
