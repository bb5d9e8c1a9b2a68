const CLEAR = 4;
const END = 5;
const CODE_BITS = 3;
/** Before the table has so many that a code of three bits is too short. */
const PIXELS_BETWEEN_CLEARS = 2;
const BLOCK_BYTES = 255;

/**
 * A GIF of one colour whose image may lie anywhere (GIF89a specification), in LZW that compresses nothing.
 * @param screen width and height
 * @param image left, top, width, height
 */
export function encodeGif(
  screen: readonly [number, number],
  image: readonly [number, number, number, number],
): Uint8Array<ArrayBuffer> {
  const words = (...values: readonly number[]) =>
    values.flatMap((value) => [value & 255, value >> 8]);
  const colours = [0xff, 0xff, 0xff, 0, 0, 0];
  const signature = [...'GIF89a'].map((letter) => letter.charCodeAt(0));
  const packed = pack(image[2] * image[3]);
  const blocks: number[] = [];
  for (let start = 0; start < packed.length; start += BLOCK_BYTES) {
    const block = packed.slice(start, start + BLOCK_BYTES);
    blocks.push(block.length, ...block);
  }
  return Uint8Array.from([
    ...signature,
    ...[...words(...screen), 0x80, 0, 0, ...colours],
    ...[0x2c, ...words(...image), 0, 2, ...blocks, 0, 0x3b],
  ]);
}

/** So many pixels of colour 0, from the lowest bit of each byte. */
function pack(pixels: number): number[] {
  const codes: number[] = [];
  for (let i = 0; i < pixels; i++) {
    if (i % PIXELS_BETWEEN_CLEARS === 0) codes.push(CLEAR);
    codes.push(0);
  }
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const code of [...codes, END]) {
    bits |= code << held;
    held += CODE_BITS;
    for (; held >= 8; held -= 8) {
      bytes.push(bits & 255);
      bits >>= 8;
    }
  }
  return [...bytes, bits];
}
