import { describe, expect, it } from 'vitest';
import { ensembleFigures, readTogether } from './ensemble.ts';
import { confusionMatrix, type Evaluation, topOneAccuracy } from './metrics.ts';

describe('networks that read together', () => {
  // One is sure of class 0, two lean to class 1.
  const unequal = [Float32Array.of(0.9, 0.1), Float32Array.of(0.4, 0.6), Float32Array.of(0.4, 0.6)];

  it('take the mean of what they find probable', () => {
    expect([...readTogether(unequal, 2, 'mean')]).toEqual([0]);
  });

  it('or what most of them read', () => {
    expect([...readTogether(unequal, 2, 'vote')]).toEqual([1]);
  });

  it('and of as many votes what they find more probable', () => {
    expect([...readTogether(unequal.slice(0, 2), 2, 'vote')]).toEqual([0]);
    expect([...readTogether(unequal.slice(0, 2).reverse(), 2, 'vote')]).toEqual([0]);
  });

  it('are one network where there is one', () => {
    const alone = [Float32Array.of(0.2, 0.5, 0.3, 0.1, 0.1, 0.8)];
    for (const combination of ['mean', 'vote'] as const) {
      expect([...readTogether(alone, 3, combination)]).toEqual([1, 2]);
    }
  });
});

/** Of one image a row, each of class 0, read with this probability of it. */
function reading(...ofTruth: number[]): Evaluation {
  const truths = new Uint8Array(ofTruth.length);
  const predictions = Uint8Array.from(ofTruth, (p) => (p > 0.5 ? 0 : 1));
  const confusion = confusionMatrix(truths, predictions, 2);
  return {
    ...{ split: 'test', images: ofTruth.length, loss: 1, confusion, truths, predictions },
    accuracy: topOneAccuracy(confusion),
    confidences: Float32Array.from(ofTruth, (p) => Math.max(p, 1 - p)),
    probabilities: Float32Array.from(ofTruth.flatMap((p) => [p, 1 - p])),
  };
}

describe('what networks come to together', () => {
  // Each fails on another image, and so none of them fails for all.
  const evaluations = [reading(0.4, 0.9, 0.9), reading(0.9, 0.4, 0.9), reading(0.2, 0.2, 0.9)];

  it('is told beside the best of them', () => {
    expect(ensembleFigures(evaluations.slice(0, 2), 'mean')).toMatchObject({
      ...{ combination: 'mean', members: 2, images: 3, accuracy: 1, best: 0 },
      gain: { both: 2, onlyFirst: 1, onlySecond: 0, p: 1 },
    });
    // Of the first image 0, 1, 0 vote for the truth; of the second 1, 0, 0.
    expect(ensembleFigures(evaluations, 'vote')).toMatchObject({
      ...{ accuracy: 1 / 3, members: 3 },
      gain: { both: 1, onlyFirst: 0, onlySecond: 1 },
    });
  });

  it('is not told of other images, or of what was read without probabilities', () => {
    const { probabilities: _, ...without } = reading(0.9, 0.9, 0.9);
    expect(() => ensembleFigures([reading(0.9, 0.9, 0.9), without], 'mean')).toThrow();
    expect(() => ensembleFigures([reading(0.9, 0.9), reading(0.9)], 'mean')).toThrow();
  });
});
