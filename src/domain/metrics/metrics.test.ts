import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracyByClass,
  confusionMatrix,
  type Evaluation,
  mistakesFirst,
  mostConfused,
  topOneAccuracy,
} from './metrics.ts';

const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 });

describe('the confusion matrix', () => {
  it('counts by truth, then by prediction', () => {
    expect(confusionMatrix([0, 0, 1, 2], [0, 1, 1, 0], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('counts every image once, and its diagonal is the accuracy', () => {
    fc.assert(
      fc.property(pairs, (images) => {
        const truths = images.map(([truth]) => truth);
        const predictions = images.map(([, predicted]) => predicted);
        const confusion = confusionMatrix(truths, predictions, 5);
        expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(images.length);
        const right = images.filter(([truth, predicted]) => truth === predicted).length;
        expect(topOneAccuracy(confusion)).toBeCloseTo(right / images.length, 12);
      }),
    );
  });

  it('has no place for a class that is not there', () => {
    expect(() => confusionMatrix([3], [0], 3)).toThrow();
    expect(() => confusionMatrix([0], [3], 3)).toThrow();
  });
});

describe('accuracy by class', () => {
  it('is the share of each class that was recognised, and nothing for a class without images', () => {
    const confusion = [
      [3, 1, 0],
      [0, 2, 0],
      [0, 0, 0],
    ];
    expect(accuracyByClass(confusion)).toEqual([0.75, 1, undefined]);
    expect(topOneAccuracy(confusion)).toBe(5 / 6);
    expect(topOneAccuracy([[0]])).toBe(0);
  });
});

describe('the most confused classes', () => {
  it('come with the worst first, without what is right', () => {
    const confusion = [
      [90, 1, 4],
      [0, 80, 7],
      [2, 0, 70],
    ];
    expect(mostConfused(confusion)).toEqual([
      { truth: 1, predicted: 2, count: 7 },
      { truth: 0, predicted: 2, count: 4 },
      { truth: 2, predicted: 0, count: 2 },
      { truth: 0, predicted: 1, count: 1 },
    ]);
    expect(mostConfused(confusion, 1)).toEqual([{ truth: 1, predicted: 2, count: 7 }]);
    expect(mostConfused([[5]])).toEqual([]);
  });
});

describe('mistakes first', () => {
  const evaluationOf = (images: readonly (readonly [number, number, number])[]): Evaluation => ({
    ...{ split: 'test', images: images.length, loss: 0, accuracy: 0, confusion: [] },
    truths: Uint8Array.from(images, ([truth]) => truth),
    predictions: Uint8Array.from(images, ([, predicted]) => predicted),
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
