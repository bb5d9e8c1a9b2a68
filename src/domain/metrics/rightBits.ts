import { at } from '../../util/assert.ts';
import type { Labels } from '../data/labels.ts';

/**
 * Which images a network read right, a bit an image: that of image `i` is bit `i % 8`, from the lowest, of
 * byte `i / 8`. The bits behind the last image are 0.
 */
export function rightBits(truths: Labels, predictions: Labels): Uint8Array {
  const bits = new Uint8Array(bytesOfBits(truths.length));
  for (const [i, truth] of truths.entries()) {
    if (predictions[i] === truth) bits[i >> 3] = at(bits, i >> 3) | (1 << (i & 7));
  }
  return bits;
}

/** How many bytes the bits of so many images are. */
export function bytesOfBits(images: number): number {
  return Math.ceil(images / 8);
}

/** Whether these can be the bits of so many images: none stands behind the last. */
export function areBitsOf(bits: Uint8Array, images: number): boolean {
  const behind = images % 8 === 0 ? 0 : (bits.at(-1) ?? 0) >> (images % 8);
  return bits.length === bytesOfBits(images) && behind === 0;
}

/** Of how many images both bits are set, the first alone, and the second alone. */
export interface JointCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

/** @param first of the same images as `second` */
export function jointCounts(first: Uint8Array, second: Uint8Array): JointCounts {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0 };
  for (const [i, byte] of first.entries()) {
    const other = at(second, i);
    counts.both += setBits(byte & other);
    counts.onlyFirst += setBits(byte & ~other);
    counts.onlySecond += setBits(other & ~byte);
  }
  return counts;
}

function setBits(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
