import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAsDeclared, mayBeDecoded, shrinking } from './largePicture.ts';
import { type PictureKind, pictureHeader, pictureKind, pictureSize } from './pictureHeader.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part,
    ),
  );
const zeros = (count: number) => new Array<number>(count).fill(0);
const jpeg = (...segments: readonly (readonly number[])[]) => bytes([0xff, 0xd8], ...segments);
const application = [0xff, 0xe0, 0, 4, 1, 2];
const frame = [0xff, 0xc2, 0, 11, 8, 0, 100, 1, 44, 1, 1, 0x11, 0];
const tables = [0xff, 0xc4, 0, 3, 9];

const low = (...words: readonly number[]) => words.flatMap((word) => [word & 255, word >> 8]);
/** A comment, and the first image at its place behind a table of two colours. */
function gif(screen: readonly number[], image: readonly number[]): Uint8Array {
  const table = [0x80, 0, 0, ...zeros(6)];
  const comment = [0x21, 0xfe, 3, 0x2c, 1, 2, 1, 0x2c, 0];
  return bytes('GIF89a', low(...screen), table, comment, [0x2c, ...low(...image), 0]);
}

/** 300 pixels wide, 100 high. */
const pictures = {
  PNG: bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 44, 0, 0, 0, 100]),
  JPEG: jpeg(application, tables, [0xff], frame),
  GIF: gif([300, 100], [0, 0, 300, 100]),
  BMP: bytes('BM', zeros(12), [40, 0, 0, 0, 44, 1, 0, 0, 156, 255, 255, 255]),
  WebP: bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(8), [43, 1, 0, 99, 0, 0]),
};

describe('the header of a picture', () => {
  it.each(Object.entries(pictures))('of kind %s says its size', (kind, head) => {
    expect(pictureHeader(head)).toEqual({ kind, width: 300, height: 100 });
  });

  it.each([
    ['lossy WebP', bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(10), [44, 1, 100, 0])],
    [
      'lossless WebP',
      // 299 and 99, 14 bits each, from the lowest.
      bytes('RIFF', zeros(4), 'WEBPVP8L', zeros(4), [0x2f, 0x2b, 0xc1, 0x18, 0], zeros(5)),
    ],
    ['GIF whose image is larger than its screen', gif([16, 16], [0, 0, 300, 100])],
    ['GIF whose image lies beyond its screen', gif([1, 100], [290, 0, 10, 1])],
    ['old BMP', bytes('BM', zeros(12), [12, 0, 0, 0, 44, 1, 100, 0], zeros(4))],
  ])('of %s does too', (_, head) => {
    expect(pictureSize(head)).toEqual({ width: 300, height: 100 });
  });

  const box = (name: string, ...content: readonly number[]) => [
    ...[0, 0, 0, 8 + content.length],
    ...bytes(name),
    ...content,
  ];
  const ispe = (width: number, height: number) =>
    box('ispe', 0, 0, 0, 0, 0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255);
  it.each([
    ['AVIF', 'avif\0\0\0\0avifmif1'],
    ['AVIF by what it is compatible with', 'mif1\0\0\0\0mif1avif'],
  ])('of %s is that of its largest part', (_, brands) => {
    const head = Uint8Array.from([
      ...box('ftyp', ...bytes(brands)),
      ...box('ipco', ...ispe(64, 64), ...ispe(300, 100)),
    ]);
    expect(pictureHeader(head)).toEqual({ kind: 'AVIF', width: 300, height: 100 });
  });

  it('of HEIC is not read', () => {
    expect(pictureKind(bytes('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBeUndefined();
  });

  it('of many megapixels must come out in proportion', () => {
    const declared = { width: 8064, height: 6048 };
    expect(shrinking(declared).resizeWidth).toBe(1024);
    expect(isAsDeclared(declared, { width: 1024, height: 768 })).toBe(true);
    expect(isAsDeclared(declared, { width: 1024, height: 1365 })).toBe(true);
    expect(isAsDeclared(declared, { width: 1024, height: 1024 })).toBe(false);
    const may = (width: number, height: number, kind: PictureKind = 'JPEG') =>
      mayBeDecoded({ kind, width, height });
    expect(may(8064, 6048)).toBe(true);
    expect(may(16_000, 16_000)).toBe(false);
    expect(may(20_000, 10)).toBe(false);
    expect(may(0, 10)).toBe(false);
    expect([may(8192, 4096, 'GIF'), may(8064, 6048, 'GIF')]).toEqual([true, false]);
  });

  it('is held against what came out, turned or not', () => {
    const declared = { width: 300, height: 100 };
    expect(isAsDeclared(declared, { width: 300, height: 100 })).toBe(true);
    expect(isAsDeclared(declared, { width: 100, height: 300 })).toBe(true);
    expect(isAsDeclared(declared, { width: 300, height: 300 })).toBe(false);
    expect(isAsDeclared(declared, { width: 16, height: 16 })).toBe(true);
    expect(isAsDeclared(declared, { width: 301, height: 1 })).toBe(false);
  });

  it('is unknown in anything else, and in what ends before its size', () => {
    expect(pictureSize(bytes('BMX is a bike, and this a text about it.'))).toBeUndefined();
    for (const head of Object.values(pictures)) {
      for (let length = 0; length < 10; length++) {
        expect(pictureSize(head.subarray(0, length))).toBeUndefined();
      }
    }
    expect(pictureSize(jpeg(application))).toBeUndefined();
  });

  it('is looked for within bounds, whatever follows a signature', () => {
    const signature = fc.constantFrom(...Object.values(pictures)).map((head) => head.slice(0, 16));
    fc.assert(
      fc.property(signature, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        pictureSize(rest);
        pictureSize(jpeg([...rest]));
        pictureSize(Uint8Array.from([...head, ...rest]));
      }),
    );
  });
});
