import { zlibSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { CountedOutput } from '../archives/countedOutput.ts';
import { chunk, encodePng, SIGNATURE } from '../testing/pictureFiles.ts';
import { bytesOfRow, type PngKind, pngOfKind } from '../testing/pngOfKind.ts';
import { decodePlainPng } from './plainPng.ts';

const size = { height: 7, width: 5 };
const filters = [0, 1, 2, 3, 4];
const grey: PngKind = { ...size, colourType: 0, filters };
const noise = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (i * i * 37 + 11 * i) % 256);
const samplesOf = (kind: PngKind) => noise(kind.height * bytesOfRow(kind));
const noiseOf = (kind: PngKind) => pngOfKind(kind, samplesOf(kind));
const named = (type: string, length = 4) => ({
  ...grey,
  chunks: [[type, new Uint8Array(length)]] as const,
});

const ofColours = (count: number): PngKind => ({
  ...{ ...grey, colourType: 3 },
  chunks: [['PLTE', noise(3 * count)]],
});

describe('a small plain PNG', () => {
  it.each(filters)('has its grey pixels back from filter %i', (filter) => {
    const kind = { ...grey, filters: [filter] };
    const { rgba } = decodePlainPng(noiseOf(kind), size) ?? {};
    expect(rgba).toEqual(Uint8Array.from([...samplesOf(kind)].flatMap((v) => [v, v, v, 255])));
  });

  it('has its colours back, from several chunks of data', () => {
    const kind = { ...grey, colourType: 2, parts: 3 };
    const { rgba } = decodePlainPng(noiseOf(kind), size) ?? {};
    expect(rgba?.filter((_, i) => i % 4 < 3)).toEqual(samplesOf(kind));
  });

  it('has its pixels back where it is not small once packed', () => {
    const kind = { ...grey, height: 128, width: 128 };
    const { rgba } = decodePlainPng(noiseOf(kind), kind) ?? {};
    expect(rgba?.filter((_, i) => i % 4 === 0)).toEqual(samplesOf(kind));
  });

  it('has the colours of its palette, and none where that is transparent', () => {
    const chunks = [
      ['PLTE', Uint8Array.of(1, 2, 3, 40, 50, 60)],
      ['tRNS', Uint8Array.of(0)],
    ] as const;
    const kind = { height: 1, width: 2, colourType: 3, filters: [0], chunks };
    const { rgba } = decodePlainPng(pngOfKind(kind, Uint8Array.of(1, 0)), kind) ?? {};
    expect(rgba).toEqual(Uint8Array.of(40, 50, 60, 255, 0, 0, 0, 0));
  });

  it('may have a palette of 256 colours', () => {
    expect(decodePlainPng(noiseOf(ofColours(256)), size)).toBeDefined();
  });

  it.each(['tEXt', 'zTXt', 'iTXt', 'tIME', 'pHYs'])('may have the chunk %s', (type) => {
    expect(decodePlainPng(noiseOf(named(type)), size)).toBeDefined();
  });
});

/** A picture of one sample a pixel, whose data inflates to so many zeros. */
function pngOfZeros(side: { height: number; width: number }, count: number) {
  const pixels = noise(side.height * side.width);
  const header = encodePng({ ...side, channels: 1 }, pixels).slice(SIGNATURE.length, 33);
  const data = chunk('IDAT', zlibSync(new Uint8Array(count)));
  return Uint8Array.from([...SIGNATURE, ...header, ...data, ...chunk('IEND', new Uint8Array(0))]);
}

describe('left to the browser is', () => {
  it.each(['gAMA', 'iCCP', 'sRGB', 'cHRM', 'cICP', 'eXIf', 'acTL', 'tRNS', 'PLTE', 'abcd'])(
    'one with the chunk %s',
    (type) => {
      expect(decodePlainPng(noiseOf(named(type)), size)).toBeUndefined();
    },
  );

  it.each<[string, PngKind]>([
    ['of 16 bits', { ...grey, depth: 16 }],
    ['interlaced', { ...grey, interlace: 1 }],
    ['of a palette that is missing', { ...grey, colourType: 3 }],
    ['of a palette of 257 colours', ofColours(257)],
    ['with a filter that there is not', { ...grey, filters: [5] }],
    ['with pixels half transparent', { ...grey, colourType: 6 }],
    ['of many pixels', { ...grey, height: 129, width: 128 }],
    ['of one long side', { ...grey, height: 1, width: 1025 }],
  ])('one %s', (_, kind) => {
    expect(decodePlainPng(noiseOf(kind), kind)).toBeUndefined();
  });

  it('whatever is cut off, or has any byte altered behind its signature', () => {
    const whole = noiseOf(grey);
    expect(decodePlainPng(whole, size)).toBeDefined();
    for (let i = 0; i < whole.length; i++) {
      expect(decodePlainPng(whole.slice(0, i), size), `the first ${i}`).toBeUndefined();
      const altered = whole.with(i, (whole[i] ?? 0) ^ 1) as Uint8Array<ArrayBuffer>;
      expect(decodePlainPng(altered, size), `byte ${i}`).toBeUndefined();
    }
  });

  it.each([
    ['more', 2 ** 22],
    ['one byte more', 7 * 6 + 1],
    ['less', 7 * 6 - 1],
  ])('one that inflates to %s than its pixels', (_, count) => {
    expect(decodePlainPng(pngOfZeros(size, count), size)).toBeUndefined();
  });

  it('one that inflates to millions of bytes, of which no more than a few come out', () => {
    const side = { height: 128, width: 128 };
    const [out, bytes] = [vi.spyOn(CountedOutput.prototype, 'add'), pngOfZeros(side, 2 ** 24)];
    expect(decodePlainPng(bytes, side)).toBeUndefined();
    const sum = out.mock.calls.reduce((all, [piece]) => all + piece.length, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(2 ** 21);
  });
});
