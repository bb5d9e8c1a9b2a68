import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';

/** 16x16 pixels of one grey, as Chromium writes them. */
const LOSSY = 'VlA4IBgAAAAwAQCdASoQABAAB0CWJaQAA3AA/mgAAAA=';
const MOST_DATA = 2 ** 22;

const side = (dice: Dice) => dice.pick([16, 16, 16, 28, 28, 64, 64, 300, 300, 4096, dice.extent()]);

/** A BMP of zeros, plain or run by run, with any of its headers. */
export function hostileBmp(dice: Dice): Uint8Array<ArrayBuffer> {
  const [width, height] = [side(dice), side(dice)];
  const bits = dice.pick([1, 4, 8, 16, 24, 32, 3]);
  const headerBytes = dice.pick([12, 40, 40, 40, 108, 124, dice.whole(0, 200)]);
  const packing = dice.pick([0, 0, 0, 1, 2, 3]);
  const rowBytes = 4 * Math.ceil((width * bits) / 32);
  const data = Math.min(MOST_DATA, dice.chance(0.6) ? rowBytes * height : dice.size(10_000));
  const out = new ByteWriter().text('BM').u32(dice.chance(0.5) ? data + 54 : dice.extent());
  out.u32(0, dice.chance(0.7) ? 14 + headerBytes : dice.extent(), headerBytes);
  if (headerBytes === 12) out.u16(width, height, 1, bits);
  else {
    const high = dice.chance(0.8) ? height : -height;
    out
      .u32(width, high)
      .u16(1, bits)
      .u32(packing, 0, 0, 0, dice.chance(0.8) ? 0 : dice.extent(), 0);
    out.bytes(new Uint8Array(Math.max(0, headerBytes - 40)));
  }
  return out.bytes(new Uint8Array(data)).done();
}

/** A WebP whose canvas and frame are not of one size, or whose frame is of a size that its data has not. */
export function hostileWebp(dice: Dice): Uint8Array<ArrayBuffer> {
  const frame = dice.chance(0.5) ? lossy(dice) : lossless(dice);
  const out = new ByteWriter();
  if (dice.chance(0.6)) {
    const [width, height] = [side(dice), side(dice)];
    const extended = new ByteWriter().u8(dice.pick([0, 0x10, 0x02, 0x3e]), 0, 0, 0);
    chunk(out, 'VP8X', extended.u8(...u24(width - 1), ...u24(height - 1)).done());
    for (let i = dice.size(20); i > 1; i--)
      chunk(out, dice.pick(['ICCP', 'EXIF', 'ABCD']), dice.bytes(dice.size(400)));
  }
  out.bytes(frame);
  const riff = new ByteWriter().text('RIFF').u32(dice.chance(0.8) ? out.length + 4 : dice.extent());
  return riff.text('WEBP').bytes(out.done()).done();
}

/** The frame of the fixture, of another size by its header (RFC 6386, 9.1). */
function lossy(dice: Dice): Uint8Array {
  const frame = Uint8Array.from(atob(LOSSY), (letter) => letter.charCodeAt(0));
  const view = new DataView(frame.buffer);
  if (dice.chance(0.7)) view.setUint16(14, side(dice) & 0x3fff, true);
  if (dice.chance(0.7)) view.setUint16(16, side(dice) & 0x3fff, true);
  return frame;
}

/** One colour: every Huffman code has one symbol, so that pixels take no bits (RFC 9649, 3.7.2.1.1). */
function lossless(dice: Dice): Uint8Array {
  const [width, height] = [side(dice), side(dice)];
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  put(0x2f, 8);
  put((width - 1) & 0x3fff, 14);
  put((height - 1) & 0x3fff, 14);
  put(0, 1 + 3); // no alpha, version 0
  put(0, 1 + 1 + 1); // no transform, no colour cache, one group of codes
  for (let code = 0; code < 5; code++) put(1, 4); // simple, one symbol, of one bit: 0
  while (bits.length % 8 > 0) bits.push(0);
  const bytes = Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
  const out = new ByteWriter();
  chunk(out, 'VP8L', bytes);
  return out.done();
}

function chunk(out: ByteWriter, type: string, data: Uint8Array): void {
  out.text(type).u32(data.length).bytes(data);
  if (data.length % 2 === 1) out.u8(0);
}

const u24 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255] as const;
