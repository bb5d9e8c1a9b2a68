import type { Size } from '../../domain/pictures/imageSides.ts';

/**
 * Undoes the filters of a PNG's rows (ISO/IEC 15948, 9.2): to each byte, what its row's filter
 * foretells of it is added, from the bytes left of it, above it, and left of that.
 *
 * @param rows `height` rows, each the number of its filter and `width * samples` bytes
 * @returns `height * width * samples` bytes; undefined where there is no such filter
 */
export function unfilter(
  rows: Uint8Array,
  { height, width, samples }: Size & { readonly samples: number },
): Uint8Array | undefined {
  const rowBytes = width * samples;
  const out = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y++) {
    const place = y * (rowBytes + 1);
    const foretell = filters[rows[place] ?? -1];
    if (!foretell) return undefined;
    const first = y * rowBytes;
    for (let x = 0; x < rowBytes; x++) {
      const isInside = x >= samples;
      const left = isInside ? (out[first + x - samples] ?? 0) : 0;
      const above = y > 0 ? (out[first + x - rowBytes] ?? 0) : 0;
      const corner = isInside && y > 0 ? (out[first + x - rowBytes - samples] ?? 0) : 0;
      out[first + x] = (rows[place + 1 + x] ?? 0) + foretell(left, above, corner);
    }
  }
  return out;
}

type Foretell = (left: number, above: number, corner: number) => number;

/** None, sub, up, average, Paeth. */
const filters: readonly Foretell[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/** Whichever is nearest to `left + above - corner`; of equally near ones the first. */
function paeth(left: number, above: number, corner: number): number {
  const fromLeft = Math.abs(above - corner);
  const fromAbove = Math.abs(left - corner);
  const fromCorner = Math.abs(left + above - 2 * corner);
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}
