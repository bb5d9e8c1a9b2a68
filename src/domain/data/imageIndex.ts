import { type LabelledImages, pixelBytes, type UnlabelledImages } from './dataset.ts';

/**
 * Finds images by their pixels: a table of places, looked up by a hash of 64 bits, two times FNV-1a
 * of 32 (Fowler, Noll, Vo) with different multipliers, and confirmed by comparing every pixel.
 */
export class ImageIndex {
  private readonly imageBytes: number;
  /** Index of an image plus 1; 0 where the place is free. At most half of the places are taken. */
  private readonly places: Uint32Array;
  private readonly hashes: Uint32Array;

  constructor(private readonly images: UnlabelledImages | LabelledImages) {
    this.imageBytes = pixelBytes(images.shape, 1);
    this.places = new Uint32Array(2 ** Math.ceil(Math.log2(2 * images.count + 1)));
    this.hashes = new Uint32Array(2 * images.count);
  }

  /** Adds image `index`. True if one with the same pixels was there already; then it is not added. */
  add(index: number): boolean {
    const pixels = this.pixelsOf(index);
    const [low, high] = hash64(pixels);
    const place = this.find(pixels, low, high);
    if (this.places[place] !== 0) return true;
    this.places[place] = index + 1;
    this.hashes.set([low, high], 2 * index);
    return false;
  }

  has(pixels: Uint8Array): boolean {
    return this.places[this.find(pixels, ...hash64(pixels))] !== 0;
  }

  /** Where an image with these pixels is, or the free place where it belongs. */
  private find(pixels: Uint8Array, low: number, high: number): number {
    const mask = this.places.length - 1;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const taken = this.places[place] ?? 0;
      if (taken === 0) return place;
      const index = taken - 1;
      const isAlike = this.hashes[2 * index] === low && this.hashes[2 * index + 1] === high;
      if (isAlike && areEqual(pixels, this.pixelsOf(index))) return place;
    }
  }

  private pixelsOf(index: number): Uint8Array {
    return this.images.pixels.subarray(index * this.imageBytes, (index + 1) * this.imageBytes);
  }
}

function hash64(bytes: Uint8Array): [low: number, high: number] {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b);
    high ^= high >>> 15;
  }
  return [low >>> 0, high >>> 0];
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
