import { zlibSync } from 'fflate';
import { chunk, SIGNATURE } from './pictureFiles.ts';

export interface PngKind {
  readonly height: number;
  readonly width: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: number;
  /** 8 unless it is given. */
  readonly depth?: number;
  readonly interlace?: number;
  /** The filter of each row, in turn. */
  readonly filters: readonly number[];
  /** Chunks between header and pixels, such as PLTE. */
  readonly chunks?: readonly (readonly [type: string, data: Uint8Array])[];
  /** How many chunks of data there are; one unless it is given. */
  readonly parts?: number;
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function bytesOfRow({ width, colourType, depth = 8 }: PngKind): number {
  return (width * (SAMPLES[colourType] ?? 1) * depth) / 8;
}

/** A PNG file of these samples, `height * bytesOfRow` bytes, filtered as ISO/IEC 15948, 9.2 says. */
export function pngOfKind(kind: PngKind, samples: Uint8Array): Uint8Array<ArrayBuffer> {
  const { height, width, colourType, depth = 8, interlace = 0, chunks = [], parts = 1 } = kind;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colourType, 0, 0, interlace], 8);
  const packed = zlibSync(filtered(kind, samples));
  const partBytes = Math.ceil(packed.length / parts);
  const data = Array.from({ length: parts }, (_, i) =>
    chunk('IDAT', packed.subarray(i * partBytes, (i + 1) * partBytes)),
  );
  const between = chunks.map(([type, bytes]) => chunk(type, bytes));
  const all = [chunk('IHDR', header), ...between, ...data, chunk('IEND', new Uint8Array(0))];
  return Uint8Array.from([...SIGNATURE, ...all.flatMap((each) => [...each])]);
}

function filtered(kind: PngKind, samples: Uint8Array): Uint8Array {
  const { height, colourType, depth = 8, filters } = kind;
  const rowBytes = bytesOfRow(kind);
  const step = ((SAMPLES[colourType] ?? 1) * depth) / 8;
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let y = 0; y < height; y++) {
    const filter = filters[y % filters.length] ?? 0;
    rows[y * (rowBytes + 1)] = filter;
    for (let x = 0; x < rowBytes; x++) {
      const before = (back: number, up: number) =>
        x < back || y < up ? 0 : (samples[(y - up) * rowBytes + x - back] ?? 0);
      const [a, b, c] = [before(step, 0), before(0, 1), before(step, 1)];
      const foretold = [0, a, b, Math.floor((a + b) / 2), nearest(a + b - c, [a, b, c])][filter];
      rows[y * (rowBytes + 1) + 1 + x] = (samples[y * rowBytes + x] ?? 0) - (foretold ?? 0);
    }
  }
  return rows;
}

/** The first of the values that none is nearer to `to` than. */
function nearest(to: number, values: readonly number[]): number {
  return values.reduce((best, value) =>
    Math.abs(to - value) < Math.abs(to - best) ? value : best,
  );
}
