import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';

const SOF = { baseline: 0xc0, progressive: 0xc2 };
/** A run of so many blocks without an end (EOBRUN, ITU-T T.81 G.1.2.2), in 15 bits: 0 and 14 ones. */
const LONGEST_RUN = 2 ** 15 - 1;

/** A JPEG of one grey whose frame may be of any size, once or in very many scans (ITU-T T.81). */
export function hostileJpeg(dice: Dice): Uint8Array<ArrayBuffer> {
  const side = () =>
    dice.pick([16, 16, 16, 28, 28, 64, 64, 300, 300, 4096, dice.extent() & 0xffff]);
  const [width, height] = [side(), side()];
  const isProgressive = dice.chance(0.5);
  const out = new ByteWriter().u16BigEndian(0xffd8);
  for (let i = dice.size(30); i > 1; i--)
    segment(out, dice.pick([0xe0, 0xe1, 0xe2, 0xfe]), dice.bytes(dice.size(500)));
  if (dice.chance(0.2)) segment(out, 0xe1, orientation(dice.whole(0, 9)));
  segment(out, 0xdb, new Uint8Array(65).fill(1, 1));
  // Two frames: readers may take the one and decoders the other.
  if (dice.chance(0.2)) frame(out, SOF.baseline, side(), side());
  frame(out, isProgressive ? SOF.progressive : SOF.baseline, width, height);
  segment(out, 0xc4, table(0x00, 0));
  segment(out, 0xc4, table(0x10, isProgressive ? 0xe0 : 0));
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const most = dice.chance(0.8) ? blocks : dice.extent();
  scan(out, 0, isProgressive ? 0 : 63);
  // A zero bit for each coefficient that begins a block, and for its end where there is but one scan.
  out.bytes(new Uint8Array(Math.min(2 ** 17, Math.ceil((most * (isProgressive ? 1 : 2)) / 8))));
  if (isProgressive) {
    for (let scans = dice.size(4000); scans > 0; scans--) {
      scan(out, 1, 63);
      for (let done = 0; done < Math.min(most, 2 ** 18); done += LONGEST_RUN) out.u8(0x7f, 0xfe);
    }
  }
  return out.u16BigEndian(0xffd9).done();
}

function segment(out: ByteWriter, marker: number, content: Uint8Array): void {
  out
    .u8(0xff, marker)
    .u16BigEndian(content.length + 2)
    .bytes(content);
}

function frame(out: ByteWriter, marker: number, width: number, height: number): void {
  out.u8(0xff, marker).u16BigEndian(11).u8(8).u16BigEndian(height, width).u8(1, 1, 0x11, 0);
}

/** Of one symbol, which is the code of one zero bit. */
function table(id: number, symbol: number): Uint8Array {
  return Uint8Array.of(id, 1, ...new Uint8Array(15), symbol);
}

function scan(out: ByteWriter, from: number, to: number): void {
  out.u8(0xff, 0xda).u16BigEndian(8).u8(1, 1, 0, from, to, 0);
}

/** An Exif segment that says nothing else. */
function orientation(value: number): Uint8Array {
  const out = new ByteWriter().text('Exif\0\0II').u16(42).u32(8).u16(1);
  return out.u16(0x0112, 3).u32(1, value, 0).done();
}
