import { Unzlib, unzlibSync } from 'fflate';
import type { Size } from '../../domain/pictures/imageSides.ts';
import { pictureKind } from '../../domain/pictures/pictureHeader.ts';
import { CountedOutput, pushInPieces } from '../archives/countedOutput.ts';
import { crc32 } from '../archives/crc32.ts';
import type { DecodedPicture } from './pictureDecoder.ts';
import { unfilter } from './pngFilters.ts';

/**
 * Small plain PNG files, decoded without the browser, which takes twice as long for a small one
 * (ISO/IEC 15948). Over fflate, which is here for archives: fast-png takes longer for the pixels of
 * MNIST than reading all of the set may.
 */

/** Larger ones go to the browser: so little inflates within a moment, whatever the file holds. */
const most = { side: 1024, pixels: 2 ** 14 } as const;

/** Samples of a pixel by colour type; 8 bits each. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;
/** 256 colours. */
const MOST_PALETTE_BYTES = 768;
/** They say nothing about the colours of pixels. */
const SILENT = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'pHYs'];
const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const AROUND_CHUNK_BYTES = 12;
/** Two bytes ahead of the data and its Adler-32 behind them (RFC 1950). */
const AROUND_ZLIB_BYTES = 6;
/** No more than a megabyte comes out of so little. */
const AT_ONCE_BYTES = 1024;

/** What the chunks hold. */
interface Chunks {
  readonly header: Uint8Array;
  readonly palette: Uint8Array | undefined;
  /** Alpha of the first colours of the palette. */
  readonly alphas: Uint8Array | undefined;
  readonly packed: Uint8Array;
}

/**
 * The very bytes that the browser's decoder gives. Undefined for what is left to it: all but opaque
 * or wholly transparent pixels of 8 bits a sample that no chunk says more of, whatever is damaged,
 * and large pictures.
 */
export function decodePlainPng(bytes: Uint8Array, size: Size): DecodedPicture | undefined {
  const { width, height } = size;
  if (Math.max(width, height) > most.side || width * height > most.pixels) return undefined;
  const chunks = pictureKind(bytes) === 'PNG' ? chunksOf(bytes) : undefined;
  if (!chunks) return undefined;
  const [depth, colourType = -1, ...methods] = chunks.header.subarray(8);
  const samples = SAMPLES[colourType];
  if (depth !== 8 || samples === undefined || methods.some((method) => method !== 0))
    return undefined;
  if ((colourType === PALETTE) !== (chunks.palette !== undefined)) return undefined;
  const rows = inflated(chunks.packed, height * (width * samples + 1));
  const values = rows && unfilter(rows, { height, width, samples });
  const rgba = values && (chunks.palette ? ofPalette(values, chunks) : ofSamples(values, samples));
  return rgba && { height, width, rgba };
}

function chunksOf(bytes: Uint8Array): Chunks | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, Uint8Array>();
  const packed: Uint8Array[] = [];
  let before = '';
  for (let place = SIGNATURE_BYTES; place + AROUND_CHUNK_BYTES <= bytes.length; ) {
    const end = place + 8 + view.getUint32(place);
    if (end + 4 > bytes.length) return undefined;
    if (view.getUint32(end) !== crc32(bytes.subarray(place + 4, end))) return undefined;
    const type = String.fromCharCode(...bytes.subarray(place + 4, place + 8));
    const data = bytes.subarray(place + 8, end);
    if (type === 'IEND') return ordered(found, packed);
    if (type === 'IDAT') {
      if (packed.length > 0 && before !== 'IDAT') return undefined;
      packed.push(data);
    } else if (!SILENT.includes(type)) {
      const isInPlace = ['IHDR', 'PLTE', 'tRNS'].includes(type) && packed.length === 0;
      if (!isInPlace || found.has(type)) return undefined;
      found.set(type, data);
    }
    before = type;
    place = end + 4;
  }
  return undefined;
}

function ordered(found: ReadonlyMap<string, Uint8Array>, packed: Uint8Array[]): Chunks | undefined {
  const order = [...found.keys()].join(' ');
  if (!['IHDR', 'IHDR PLTE', 'IHDR PLTE tRNS'].includes(order)) return undefined;
  const header = found.get('IHDR');
  const palette = found.get('PLTE');
  const alphas = found.get('tRNS');
  const isPalette = !palette || (palette.length % 3 === 0 && palette.length <= MOST_PALETTE_BYTES);
  if (header?.length !== 13 || !isPalette) return undefined;
  return { header, palette, alphas, packed: joined(packed) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

/** Exactly `count` bytes, whose checksum is right. */
function inflated(packed: Uint8Array, count: number): Uint8Array | undefined {
  // More than they would take unpacked, each stored block with five bytes, no encoder writes.
  if (packed.length < AROUND_ZLIB_BYTES || packed.length > count + count / 100 + 100)
    return undefined;
  try {
    const out = packed.length <= AT_ONCE_BYTES ? atOnce(packed, count) : inPieces(packed, count);
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    const isWhole = out.length === count && view.getUint32(packed.length - 4) === adler32(out);
    return isWhole ? out : undefined;
  } catch {
    return undefined;
  }
}

/** fflate drops what does not fit. One byte of room more shows it. */
const atOnce = (packed: Uint8Array, count: number) =>
  unzlibSync(packed, { out: new Uint8Array(count + 1) });

/** Takes longer, and ends where there is more than `count` bytes. */
function inPieces(packed: Uint8Array, count: number): Uint8Array {
  const output = new CountedOutput(count, () => new Error('too much'));
  const inflater = new Unzlib((piece) => output.add(piece));
  pushInPieces(packed, inflater, AT_ONCE_BYTES);
  return output.joined();
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let i = 0; i < bytes.length; i++) {
    a = (a + (bytes[i] ?? 0)) % 65521;
    b = (b + a) % 65521;
  }
  return b * 2 ** 16 + a;
}

function ofPalette(
  values: Uint8Array,
  { palette = values, alphas }: Chunks,
): Uint8Array | undefined {
  const colours = palette.length / 3;
  const samples = new Uint8Array(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const colour = values[i] ?? 0;
    if (colour >= colours) return undefined;
    for (let c = 0; c < 3; c++) samples[4 * i + c] = palette[3 * colour + c] ?? 0;
    samples[4 * i + 3] = alphas?.[colour] ?? 255;
  }
  return ofSamples(samples, 4);
}

/**
 * Red, green, blue and alpha of each pixel. A canvas multiplies colours by alpha and divides again:
 * nothing is left of a wholly transparent one, and others are for the browser to round.
 */
function ofSamples(values: Uint8Array, samples: number): Uint8Array | undefined {
  const hasColour = samples >= 3;
  const hasAlpha = samples % 2 === 0;
  const pixels = values.length / samples;
  const rgba = new Uint8Array(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    const first = i * samples;
    const alpha = hasAlpha ? (values[first + samples - 1] ?? 0) : 255;
    if (alpha === 0) continue;
    if (alpha !== 255) return undefined;
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = values[hasColour ? first + c : first] ?? 0;
    rgba[4 * i + 3] = alpha;
  }
  return rgba;
}
