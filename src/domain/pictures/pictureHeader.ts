import type { Size } from './imageSides.ts';

/** Pictures that a browser decodes and whose header is known here. */
export type PictureKind = 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP' | 'AVIF';

export interface PictureHeader extends Size {
  readonly kind: PictureKind;
}

/**
 * What a picture file declares, read without decoding it: a file of a few kilobytes can declare a
 * picture that no memory holds. Undefined where it is none of the kinds, or ends before its size.
 */
export function pictureHeader(head: Uint8Array): PictureHeader | undefined {
  const kind = pictureKind(head);
  if (kind === undefined) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = sizeReaders[kind](view);
  return size && { kind, ...size };
}

/** Width and height alone. */
export function pictureSize(head: Uint8Array): Size | undefined {
  const header = pictureHeader(head);
  return header && { height: header.height, width: header.width };
}

/** By the first bytes. */
export function pictureKind(head: Uint8Array): PictureKind | undefined {
  const begins = (text: string, start = 0) =>
    [...text].every((letter, i) => head[start + i] === letter.charCodeAt(0));
  if (begins('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (begins('\xff\xd8\xff')) return 'JPEG';
  if (begins('GIF87a') || begins('GIF89a')) return 'GIF';
  if (begins('RIFF') && begins('WEBP', 8)) return 'WebP';
  if (begins('ftyp', 4) && isAvif(begins)) return 'AVIF';
  // Two letters begin many texts too; the reserved bytes are zero (BITMAPFILEHEADER).
  return begins('BM') && begins('\0\0\0\0', 6) ? 'BMP' : undefined;
}

/** By the brand, or by the brands that it is compatible with. */
function isAvif(begins: (text: string, start: number) => boolean): boolean {
  const places = Array.from({ length: 10 }, (_, i) => 8 + 4 * i);
  if (begins('hei', 8) || begins('hev', 8)) return false;
  return places.some((place) => begins('avif', place) || begins('avis', place));
}

type SizeReader = (view: DataView) => Size | undefined;
const sizeReaders: Record<PictureKind, SizeReader> = {
  PNG: pngSize,
  JPEG: jpegSize,
  GIF: gifSize,
  BMP: bmpSize,
  WebP: webpSize,
  AVIF: avifSize,
};

const IHDR = 0x49484452;

/** The signature, then at once the chunk IHDR, which begins with the size (ISO/IEC 15948). */
function pngSize(view: DataView): Size | undefined {
  if (view.byteLength < 24 || view.getUint32(12) !== IHDR) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Markers between 0xC0 and 0xCF that begin no frame: Huffman tables, an extension, arithmetic. */
const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];

/** A chain of segments; that of the frame says the size (ITU-T T.81, B.1 and B.2.2). */
function jpegSize(view: DataView): Size | undefined {
  let place = 2;
  while (place + 9 <= view.byteLength) {
    if (view.getUint8(place) !== 0xff) return undefined;
    const marker = view.getUint8(place + 1);
    if (marker === 0xff) {
      place++; // a fill byte
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)) {
      return { height: view.getUint16(place + 5), width: view.getUint16(place + 7) };
    }
    place += 2 + view.getUint16(place + 2);
  }
  return undefined;
}

const GIF = { screenBytes: 13, extension: 0x21, image: 0x2c };

/**
 * The logical screen and the first image together (GIF89a specification, 18 and 20): an image may be
 * larger than the screen, and browsers then make room for it.
 */
function gifSize(view: DataView): Size | undefined {
  const image = firstGifImage(view);
  if (image === undefined || image + 9 > view.byteLength) return undefined;
  const side = (screen: number, start: number, length: number) =>
    Math.max(
      view.getUint16(screen, true),
      view.getUint16(image + start, true) + view.getUint16(image + length, true),
    );
  return { width: side(6, 1, 5), height: side(8, 3, 7) };
}

/** Where its descriptor begins, behind the colour table and the extensions, each a chain of blocks. */
function firstGifImage(view: DataView): number | undefined {
  if (view.byteLength < GIF.screenBytes) return undefined;
  const flags = view.getUint8(10);
  let place = GIF.screenBytes + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (place < view.byteLength) {
    const kind = view.getUint8(place);
    if (kind === GIF.image) return place;
    if (kind !== GIF.extension) return undefined;
    place += 2;
    let length = 1;
    while (length > 0 && place < view.byteLength) {
      length = view.getUint8(place);
      place += 1 + length;
    }
  }
  return undefined;
}

const BITMAPCOREHEADER_BYTES = 12;

/** BITMAPCOREHEADER with 16-bit sides, or a later header; a negative height means top to bottom. */
function bmpSize(view: DataView): Size | undefined {
  if (view.byteLength < 26) return undefined;
  if (view.getUint32(14, true) === BITMAPCOREHEADER_BYTES) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  return { width: view.getUint32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** Lossy, lossless or extended, by the first chunk (RFC 9649; RFC 6386, 9.1 for the lossy frame). */
function webpSize(view: DataView): Size | undefined {
  if (view.byteLength < 30) return undefined;
  switch (view.getUint32(12)) {
    case 0x56503820: // VP8
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x5650384c: {
      const bits = view.getUint32(21, true); // VP8L
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // VP8X
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

const ISPE = { name: 0x69737065, bytes: 16, mostBytes: 2 ** 16 };

/** The largest of all properties `ispe`, for tiles and what is transparent have their own (ISO/IEC 23008-12, 6.5.3). */
function avifSize(view: DataView): Size | undefined {
  let size: Size | undefined;
  const end = Math.min(view.byteLength, ISPE.mostBytes) - ISPE.bytes;
  for (let place = 4; place <= end; place++) {
    if (view.getUint32(place) !== ISPE.name) continue;
    const [width, height] = [view.getUint32(place + 8), view.getUint32(place + 12)];
    if (!size || width * height > size.width * size.height) size = { width, height };
  }
  return size;
}

function uint24(view: DataView, place: number): number {
  return view.getUint16(place, true) | (view.getUint8(place + 2) << 16);
}
