import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../../e2e/support/png.ts';
import { brightnessOf } from './brightness.ts';
import { pictureSize } from './pictureHeader.ts';
import { barsOf, looksLikeKey } from './selectors.ts';

const jpeg = (...segments: readonly (readonly number[])[]) =>
  Uint8Array.from([0xff, 0xd8, ...segments.flat()]);
const application = [0xff, 0xe0, 0, 4, 1, 2];
const frame = [0xff, 0xc2, 0, 11, 8, 0, 100, 1, 44, 1, 1, 0x11, 0];

describe('the size of a picture', () => {
  it('is read from the header of a PNG', () => {
    const png = new Uint8Array(encodePng(30, 20, () => 0));
    expect(pictureSize(png)).toEqual({ width: 30, height: 20 });
  });

  it('is read from the frame of a JPEG, behind its other segments', () => {
    const tables = [0xff, 0xc4, 0, 3, 9];
    expect(pictureSize(jpeg(application, tables, [0xff], frame))).toEqual({
      width: 300,
      height: 100,
    });
  });

  it('is unknown in anything else', () => {
    expect(pictureSize(new TextEncoder().encode('GIF89a and more than twenty-four bytes'))).toBe(
      undefined,
    );
    expect(pictureSize(jpeg(application))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        pictureSize(Uint8Array.from(bytes));
        pictureSize(jpeg([...bytes]));
      }),
    );
  });
});

describe('brightness', () => {
  it('is 0 for black, 255 for white, and follows the eye between', () => {
    const colours = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255];
    expect([...brightnessOf(Uint8ClampedArray.from(colours))]).toEqual([0, 255, 76, 150]);
  });
});

describe('the bars', () => {
  const prediction = {
    ...{ blank: false, label: 1, probabilities: [0.25, 0.75] },
    ...{ prepared: new Uint8Array(), preparedWidth: 0, preparedHeight: 0 },
  };

  it('are one a class, the top one marked', () => {
    expect(barsOf(prediction, ['0', '1'])).toEqual([
      { name: '0', share: 0.25, isTop: false },
      { name: '1', share: 0.75, isTop: true },
    ]);
  });

  it('are empty where nothing was read', () => {
    const blank = { ...prediction, blank: true, label: -1, probabilities: [] };
    const empty = { name: '0', share: undefined, isTop: false };
    expect(barsOf(blank, ['0'])).toEqual([empty]);
    expect(barsOf(undefined, ['0'])).toEqual([empty]);
  });

  it('are the most probable ones where there are many', () => {
    const names = Array.from({ length: 47 }, (_, i) => `class ${i}`);
    const probabilities = names.map((_, i) => (i === 40 ? 0.9 : 0.002));
    const bars = barsOf({ ...prediction, label: 40, probabilities }, names);
    expect(bars).toHaveLength(10);
    expect(bars[0]).toEqual({ name: 'class 40', share: 0.9, isTop: true });
  });
});

it('says a 7 and an 8', () => {
  expect(['7', '8', 'F', 'Sandal'].map(looksLikeKey)).toEqual([
    ...(['looksLikeA', 'looksLikeAn', 'looksLikeAn', 'looksLike'] as const),
  ]);
});
