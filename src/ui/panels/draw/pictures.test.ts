import { describe, expect, it } from 'vitest';
import { brightnessOf } from '../../../domain/pictures/brightness.ts';
import { barsOf, looksLikeKey } from './selectors.ts';

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
