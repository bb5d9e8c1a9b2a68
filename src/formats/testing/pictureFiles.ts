import { unzlibSync, zlibSync } from 'fflate';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { pictureHeader } from '../../domain/pictures/pictureHeader.ts';
import { crc32 } from '../archives/crc32.ts';
import type { PictureDecoder } from '../pictures/pictureDecoder.ts';

export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR_TYPES: Readonly<Record<number, number>> = { 1: 0, 3: 2 };
const HEADER_BYTES = 13;

/** A PNG file of these pixels, 8 bits a sample, every row unfiltered. */
export function encodePng({ height, width, channels }: ImageShape, pixels: Uint8Array) {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, COLOUR_TYPES[channels] ?? 0], 8);
  const rowBytes = width * channels;
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', header),
    ...chunk('IDAT', zlibSync(rows)),
    ...chunk('IEND', new Uint8Array(0)),
  ]);
}

/** One chunk of a PNG file, with its length and checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Stands for the browser's decoder where there is none: reads what `encodePng` writes. */
export const decodePngInNode: PictureDecoder = async (bytes) => {
  const { height = 0, width = 0 } = pictureHeader(bytes) ?? {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataStart = SIGNATURE.length + 12 + HEADER_BYTES;
  const channels = bytes[SIGNATURE.length + 8 + 9] === 0 ? 1 : 3;
  const rows = unzlibSync(bytes.subarray(dataStart + 8, dataStart + 8 + view.getUint32(dataStart)));
  if (rows.length !== height * (width * channels + 1)) throw new Error('not the pixels promised');
  const rgba = new Uint8Array(height * width * 4).fill(255);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (width * channels + 1) + 1);
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < 3; i++) {
        rgba[(y * width + x) * 4 + i] = row[x * channels + (channels === 3 ? i : 0)] ?? 0;
      }
    }
  }
  return { height, width, rgba };
};
