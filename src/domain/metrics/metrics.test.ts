import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionOf } from './confusion.ts';
import { type Evaluation, mistakesFirst } from './metrics.ts';

describe('mistakes first', () => {
  const evaluationOf = (images: readonly (readonly [number, number, number])[]): Evaluation => ({
    ...{
      split: 'test',
      images: images.length,
      loss: 0,
      accuracy: 0,
      confusion: confusionOf([], [], 1),
    },
    truths: Uint16Array.from(images, ([truth]) => truth),
    predictions: Uint16Array.from(images, ([, predicted]) => predicted),
    confidences: Float32Array.from(images, ([, , confidence]) => confidence),
  });

  it('shows confident mistakes, then unsure ones, then unsure successes, then sure ones', () => {
    const evaluation = evaluationOf([
      [1, 1, 0.99],
      [1, 2, 0.4],
      [3, 3, 0.5],
      [3, 8, 0.9],
    ]);
    expect(mistakesFirst(evaluation)).toEqual([3, 1, 2, 0]);
  });

  it('shows every image once', () => {
    const image = fc.tuple(fc.nat(3), fc.nat(3), fc.float({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(image), (images) => {
        const shown = mistakesFirst(evaluationOf(images)).sort((a, b) => a - b);
        expect(shown).toEqual(images.map((_, i) => i));
      }),
    );
  });
});
