import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InsidePlace, insideFragment, readInsidePlace, wholeFigure } from './insidePlace.ts';

const index = fc.nat(9999);
const view = fc.oneof(
  fc.constant(wholeFigure.view),
  index.map((label) => ({ kind: 'why', label }) as const),
  fc
    .record(
      { layer: fc.string({ minLength: 1 }), map: index, at: fc.tuple(index, index) },
      { requiredKeys: ['layer'] },
    )
    .map((layer) => ({ kind: 'layer', ...layer }) as const),
);
const places: fc.Arbitrary<InsidePlace> = fc.record(
  { view, test: index },
  { requiredKeys: ['view'] },
);

describe('the place that an address names', () => {
  it('is the one that was written', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(readInsidePlace(insideFragment(place))).toEqual(place);
      }),
    );
  });

  it('reads as people write it', () => {
    expect(readInsidePlace('#layer/conv2?map=3&at=4,5&test=7')).toEqual({
      view: { kind: 'layer', layer: 'conv2', map: 3, at: [4, 5] },
      test: 7,
    });
    expect(readInsidePlace('#inside')).toEqual(wholeFigure);
  });

  it('does without what is no number', () => {
    expect(readInsidePlace('#layer/conv2?map=-1&at=4&test=x')).toEqual({
      view: { kind: 'layer', layer: 'conv2' },
    });
  });

  it('is none of ours where the fragment is another', () => {
    for (const other of [
      '',
      '#',
      '#draw',
      '#layer',
      '#layer/',
      '#why/x',
      '#layer/%E0%A4',
      '#why/1/2',
    ]) {
      expect(readInsidePlace(other), other).toBeUndefined();
    }
  });
});
