import { describe, expect, it } from 'vitest';
import { improvedRecipe, seedRecipe } from '../recipe/recipe.ts';
import type { History } from './metrics.ts';
import { handicapsOf, verdictOf } from './verdict.ts';

const recipe = { batchSize: 100 };

/** Losses at the validations, every 100 steps. */
function historyOf(validation: readonly number[], training: readonly number[]): History {
  const point = (loss: number, i: number) => ({ step: 100 * (i + 1), loss, accuracy: 0.5 });
  return {
    training: training.map(point),
    validation: validation.map((loss, i) => ({ ...point(loss, i), images: 100 })),
  };
}

const falling = [1, 0.5, 0.25, 0.12, 0.06];

describe('what the curves of a run say', () => {
  it('overfits where validation loss turns up while training loss falls, and since when', () => {
    const verdict = verdictOf(historyOf([1, 0.4, 0.5, 0.6, 0.6], falling), recipe);
    expect(verdict).toEqual({ kind: 'overfits', step: 200, rise: expect.closeTo(0.5) });
  });

  it('learns no more where the training loss rises too', () => {
    const rising = historyOf([1, 0.4, 0.5, 0.6, 0.6], [1, 0.4, 0.5, 0.6, 0.7]);
    expect(verdictOf(rising, recipe)).toMatchObject({ kind: 'rises', step: 200 });
  });

  it('could go on where the loss still falls', () => {
    expect(verdictOf(historyOf(falling, falling), recipe)).toEqual({ kind: 'falls' });
  });

  it('has levelled off where the loss stays near its lowest', () => {
    const level = historyOf([1, 0.41, 0.4, 0.405, 0.402], falling);
    expect(verdictOf(level, recipe)).toEqual({ kind: 'levels', step: 200 });
  });

  it('calls neither one outlier nor a slight rise an overfitting', () => {
    const outlier = historyOf([1, 0.4, 0.9, 0.4, 0.4], falling);
    expect(verdictOf(outlier, recipe).kind).not.toBe('overfits');
    expect(verdictOf(historyOf([1, 0.4, 0.41, 0.41, 0.415], falling), recipe).kind).toBe('levels');
  });

  it('say nothing where there are too few, or no numbers', () => {
    expect(verdictOf(historyOf([1, 0.5], falling), recipe)).toEqual({ kind: 'unknown' });
    expect(verdictOf(historyOf([1, Number.NaN, Number.NaN], falling), recipe).kind).toBe('unknown');
    expect(verdictOf(historyOf([1, 2, 3], []), recipe).kind).toBe('unknown');
  });
});

describe('what parts training and validation figures beside learning by heart', () => {
  it('is whatever the recipe does to the training images, units, labels and weights alone', () => {
    expect(handicapsOf({ ...seedRecipe, dropout: 0 })).toEqual([]);
    expect(handicapsOf({ ...seedRecipe, dropout: 0.5, rotate: 5, labelSmoothing: 0.1 })).toEqual([
      ...['augmentation', 'dropout', 'labelSmoothing'],
    ]);
    // The weights that validate are an average, those that train are not.
    expect(handicapsOf({ ...seedRecipe, dropout: 0, averaging: 0.99 })).toEqual(['averaging']);
    expect(handicapsOf(improvedRecipe)).toEqual(['augmentation', 'dropout', 'averaging']);
    // LeNet-5 has no dropout to switch on.
    expect(handicapsOf({ ...seedRecipe, architecture: 'lenet5', dropout: 0.5 })).toEqual([]);
  });
});
