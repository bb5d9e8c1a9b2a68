import { expect, it } from 'vitest';
import { bytesOfRow, type PngKind, pngOfKind } from '../testing/pngOfKind.ts';
import { browserDecoder } from './pictureDecoder.ts';
import { decodePlainPng } from './plainPng.ts';

const kinds = { grey: 0, RGB: 2, palette: 3, 'grey with alpha': 4, RGBA: 6 } as const;

function noise(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

it.each(Object.entries(kinds))(
  '%s pixels are the bytes that the browser gives',
  async (_, colourType) => {
    const browser = browserDecoder();
    for (let seed = 1; seed <= 20; seed++) {
      const size = { height: 1 + (seed % 9), width: 1 + ((seed * 7) % 13) };
      const chunks: [string, Uint8Array][] = [['pHYs', Uint8Array.of(0, 0, 9, 0, 0, 0, 3, 0, 1)]];
      if (colourType === 3) {
        chunks.push(['PLTE', noise(3 * 256, seed)]);
        chunks.push(['tRNS', noise(100, seed).map((value) => (value > 99 ? 255 : 0))]);
      }
      const kind: PngKind = {
        ...size,
        colourType,
        filters: [...noise(9, seed)].map((f) => f % 5),
        chunks,
      };
      const samples = noise(size.height * bytesOfRow(kind), seed + 100);
      const step = colourType === 4 ? 2 : colourType === 6 ? 4 : 0;
      for (let i = step - 1; step > 0 && i < samples.length; i += step) {
        samples[i] = (samples[i] ?? 0) > 99 ? 255 : 0;
      }
      const bytes = pngOfKind(kind, samples);
      const { rgba } = await browser(bytes, size);
      expect(decodePlainPng(bytes, size)?.rgba, `seed ${seed}`).toEqual(Uint8Array.from(rgba));
    }
  },
);
