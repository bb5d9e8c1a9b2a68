import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';

const MOST_CODES = 4096;
const BLOCK_BYTES = 255;

/** A GIF of one colour, whose screen and images may be of any size (GIF89a specification). */
export function hostileGif(dice: Dice): Uint8Array<ArrayBuffer> {
  const side = () =>
    dice.pick([16, 16, 16, 28, 28, 64, 64, 300, 300, 4096, dice.extent() & 0xffff]);
  const out = new ByteWriter().text(dice.chance(0.9) ? 'GIF89a' : 'GIF87a');
  out.u16(side(), side()).u8(0x80, 0, 0, 255, 255, 255, 0, 0, 0);
  for (let i = dice.size(6); i > 0; i--) {
    // Comments and other extensions of any length before an image.
    out.u8(0x21, dice.pick([0xfe, 0xff, 0xf9]));
    for (let blocks = dice.size(200); blocks > 1; blocks--) out.u8(3, 1, 2, 3);
    out.u8(0);
  }
  for (let images = dice.chance(0.2) ? dice.size(50) : 1; images > 0; images--) {
    const [width, height] = [side(), side()];
    const place = dice.chance(0.8) ? [0, 0] : [side(), side()];
    out
      .u8(0x2c)
      .u16(...place, width, height)
      .u8(dice.pick([0, 0x40]), 2);
    writeZeros(out, dice.chance(0.8) ? width * height : dice.extent());
  }
  return out.u8(0x3b).done();
}

/** So many pixels of colour 0, each code for one pixel more than the last (LZW). */
function writeZeros(out: ByteWriter, pixels: number): void {
  const block: number[] = [];
  let [bits, held, width] = [0, 0, 3];
  const flush = () => {
    out.u8(block.length, ...block);
    block.length = 0;
  };
  const put = (code: number) => {
    bits |= code << held;
    for (held += width; held >= 8; held -= 8) {
      block.push(bits & 255);
      bits >>>= 8;
      if (block.length === BLOCK_BYTES) flush();
    }
  };
  const [clear, end] = [4, 5];
  let left = pixels;
  do {
    width = 3;
    put(clear);
    // Code `length + 4` stands for so many zeros, but for one of them, which is code 0.
    for (let length = 1; left >= length && length + 4 < MOST_CODES - 1; length++) {
      put(length === 1 ? 0 : length + 4);
      left -= length;
      if (length + 5 === 2 ** width && width < 12) width++;
    }
  } while (left >= MOST_CODES);
  put(end);
  if (held > 0) block.push(bits & 255);
  if (block.length > 0) flush();
  out.u8(0);
}
