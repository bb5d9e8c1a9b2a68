import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../app/state.ts';
import { createWorkbenchStore } from '../../../app/store.ts';
import { confusionOf } from '../../../domain/metrics/confusion.ts';
import type { Evaluation } from '../../../domain/metrics/metrics.ts';
import { architectureOf, seedRecipe } from '../../../domain/recipe/recipe.ts';
import { confusionFrom } from '../../../domain/testing/confusionFrom.ts';
import { rgbaOf } from '../../components/imageData.ts';
import { heatScale } from './heat.ts';
import {
  averagingOf,
  classNamesOf,
  classResults,
  imagesToShow,
  obstacleTo,
  robustnessReadings,
  robustnessSizes,
  viewCount,
} from './selectors.ts';

const truths = Uint16Array.of(0, 0, 1, 1, 1);
const predictions = Uint16Array.of(0, 1, 1, 1, 0);
const evaluation: Evaluation = {
  ...{ split: 'test', images: 5, loss: 1, accuracy: 0.6, truths, predictions },
  confusion: confusionOf(truths, predictions, 3),
  confidences: Float32Array.of(0.9, 0.6, 0.5, 0.8, 0.7),
};

describe('the results of an evaluation', () => {
  it('count the mistakes of each class', () => {
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

describe('the views that are averaged', () => {
  const initial = createWorkbenchStore(seedRecipe, 'auto').getState();
  const trainedOn = (channels: number, mirror: 'on' | 'off') => {
    const recipe = { ...seedRecipe, mirror };
    const architecture = architectureOf(recipe, { height: 32, width: 32, channels }, 10);
    const run: RunState = {
      record: {
        ...{ id: 'a', name: 'Run', status: 'finished', createdAt: 0, updatedAt: 0 },
        ...{ datasetName: 'a set', classNames: [], engine: 'wasm', step: 0, trainingMs: 0 },
        scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
        history: { training: [], validation: [] },
        ...{ recipe, architecture },
      },
      ...{ step: 0, training: [], validation: [] },
      ...{ imagesPerSecond: undefined, secondsLeft: undefined, checkpoint: undefined },
    };
    return { ...initial, run };
  };

  it('are shifts of a digit, and crops of a photograph', () => {
    expect(averagingOf(trainedOn(1, 'on'))).toBe('shifts');
    expect(averagingOf(trainedOn(3, 'on'))).toBe('crops');
    expect(averagingOf(initial)).toBeUndefined();
  });

  it('are as many as the network was trained for', () => {
    expect(viewCount(trainedOn(1, 'on'))).toBe(5);
    expect(viewCount(trainedOn(3, 'off'))).toBe(5);
    expect(viewCount(trainedOn(3, 'on'))).toBe(10);
  });
});

describe('the tests of robustness', () => {
  it('are told by their sizes, and how long they take', () => {
    expect(robustnessSizes).toEqual({ degrees: 15, share: 0.85, pixels: 3 });
    expect(robustnessReadings).toBe(8);
  });
});

describe('the colours of the confusion matrix', () => {
  const { shareOf } = heatScale(
    confusionFrom([
      [900, 1],
      [20, 850],
    ]),
  );

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
    expect(
      heatScale(
        confusionFrom([
          [5, 1],
          [0, 0],
        ]),
      ).shareOf(1, false),
    ).toBe(1);
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
