import { crc32 } from '../archives/crc32.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/**
 * A zip file of stored entries that says every size, place and count in 64 bits, as writers do that do not
 * know beforehand how long a file is, and all do for large ones.
 */
export function encodeZip64(
  contents: Readonly<Record<string, Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  const parts: number[] = [];
  const number = (value: number, bytes: number) => {
    for (let i = 0; i < bytes; i++) parts.push(Math.floor(value / 256 ** i) % 256);
  };
  const entries = Object.entries(contents).map(([name, bytes]) => {
    const local = parts.length;
    const [letters, crc] = [encode(name), crc32(bytes)];
    for (const [value, width] of [
      ...([
        [0x04034b50, 4],
        [45, 2],
        [0x800, 2],
        [0, 2],
        [0, 4],
        [crc, 4],
      ] as const),
      ...([
        [0xffffffff, 4],
        [0xffffffff, 4],
        [letters.length, 2],
        [20, 2],
      ] as const),
    ]) {
      number(value, width);
    }
    parts.push(...letters);
    for (const [value, width] of [
      [1, 2],
      [16, 2],
      [bytes.length, 8],
      [bytes.length, 8],
    ] as const) {
      number(value, width);
    }
    parts.push(...bytes);
    return { letters, crc, length: bytes.length, local };
  });
  const start = parts.length;
  for (const { letters, crc, length, local } of entries) {
    for (const [value, width] of [
      ...([
        [0x02014b50, 4],
        [45, 2],
        [45, 2],
        [0x800, 2],
        [0, 2],
        [0, 4],
        [crc, 4],
      ] as const),
      ...([
        [0xffffffff, 4],
        [0xffffffff, 4],
        [letters.length, 2],
        [37, 2],
      ] as const),
      ...([
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [0xffffffff, 4],
      ] as const),
    ]) {
      number(value, width);
    }
    parts.push(...letters);
    // Another field first, as Info-ZIP puts the time there.
    for (const [value, width] of [
      [0x5455, 2],
      [5, 2],
      [1, 1],
      [0, 4],
      [1, 2],
      [24, 2],
    ] as const) {
      number(value, width);
    }
    for (const value of [length, length, local]) number(value, 8);
  }
  const end = parts.length;
  for (const [value, width] of [
    ...([
      [0x06064b50, 4],
      [44, 8],
      [45, 2],
      [45, 2],
      [0, 4],
      [0, 4],
    ] as const),
    ...([
      [entries.length, 8],
      [entries.length, 8],
      [end - start, 8],
      [start, 8],
    ] as const),
    ...([
      [0x07064b50, 4],
      [0, 4],
      [end, 8],
      [1, 4],
    ] as const),
    ...([
      [0x06054b50, 4],
      [0, 4],
      [0xffff, 2],
      [0xffff, 2],
    ] as const),
    ...([
      [0xffffffff, 4],
      [0xffffffff, 4],
      [0, 2],
    ] as const),
  ]) {
    number(value, width);
  }
  return Uint8Array.from(parts);
}
