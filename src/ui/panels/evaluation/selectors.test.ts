import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../app/store.ts';
import { confusionMatrix, type Evaluation } from '../../../domain/metrics.ts';
import { seedRecipe } from '../../../domain/recipe.ts';
import { heatScale } from './heat.ts';
import { rgbaOf } from './rgba.ts';
import { classNamesOf, classResults, errorCount, imagesToShow, obstacleTo } from './selectors.ts';

const truths = Uint8Array.of(0, 0, 1, 1, 1);
const predictions = Uint8Array.of(0, 1, 1, 1, 0);
const evaluation: Evaluation = {
  ...{ split: 'test', images: 5, loss: 1, accuracy: 0.6, truths, predictions },
  confusion: confusionMatrix(truths, predictions, 3),
  confidences: Float32Array.of(0.9, 0.6, 0.5, 0.8, 0.7),
};

describe('the results of an evaluation', () => {
  it('count the mistakes, of all and of each class', () => {
    expect(errorCount(evaluation)).toBe(2);
    expect(classResults(evaluation, ['a', 'b', 'c'])).toEqual([
      { name: 'a', accuracy: 0.5, wrong: 1 },
      { name: 'b', accuracy: 2 / 3, wrong: 1 },
      { name: 'c', accuracy: undefined, wrong: 0 },
    ]);
  });

  it('call a class by its number where it has no name', () => {
    expect(classNamesOf(['zero'], evaluation)).toEqual(['zero', '1', '2']);
  });

  it('show the mistakes first, or the images of one cell', () => {
    expect(imagesToShow(evaluation, undefined)).toEqual([4, 1, 2, 3, 0]);
    expect(imagesToShow(evaluation, { truth: 1, predicted: 1 })).toEqual([2, 3]);
    expect(imagesToShow(evaluation, { truth: 2, predicted: 0 })).toEqual([]);
  });

  it('need a model, and a session that is free', () => {
    const state = createWorkbenchStore(seedRecipe, 'auto').getState();
    expect(obstacleTo(state)).toBe('starting');
    expect(obstacleTo({ ...state, phase: 'idle' })).toBe('noModel');
    expect(obstacleTo({ ...state, phase: 'training' })).toBe('training');
  });
});

describe('the colours of the confusion matrix', () => {
  const { shareOf } = heatScale([
    [900, 1],
    [20, 850],
  ]);

  it('are full for the highest count, apart for right and wrong', () => {
    expect(shareOf(900, true)).toBe(1);
    expect(shareOf(20, false)).toBe(1);
  });

  it('show a single mistake, and nothing where there is none', () => {
    expect(shareOf(1, false)).toBeGreaterThan(0.1);
    expect(shareOf(0, false)).toBe(0);
    expect(shareOf(2, false)).toBeGreaterThan(shareOf(1, false));
  });

  it('do with one mistake in all', () => {
    expect(heatScale([[5, 1]]).shareOf(1, false)).toBe(1);
  });
});

describe('the pixels of a test image', () => {
  it('are grey from one channel and coloured from three', () => {
    const shape = { height: 1, width: 2 };
    expect([...rgbaOf(Uint8Array.of(7, 9), { ...shape, channels: 1 })]).toEqual([
      ...[7, 7, 7, 255],
      ...[9, 9, 9, 255],
    ]);
    expect([...rgbaOf(Uint8Array.of(1, 2, 3, 4, 5, 6), { ...shape, channels: 3 })]).toEqual([
      ...[1, 2, 3, 255],
      ...[4, 5, 6, 255],
    ]);
  });
});
