import { describe, expect, it } from 'vitest';
import { sentence } from './report.mjs';

const interval = { low: 0.9876, high: 0.9916 };

describe('sentences of the command line', () => {
  it.each([
    [
      { event: 'step', step: 10, loss: 2.25, accuracy: 0.115, imagesPerSecond: 231.4 },
      'Step 10: loss 2.2500, accuracy 11.50 %, 231 images/s',
    ],
    [
      { event: 'evaluation', split: 'test', loss: 0.05, accuracy: 0.9898, confusion: [], interval },
      'Evaluation on the test images: loss 0.0500, accuracy 98.98 % (95 %: 98.76 to 99.16 %)',
    ],
    [
      {
        ...{
          event: 'evaluation',
          split: 'test',
          loss: 0.05,
          accuracy: 0.9898,
          confusion: [],
          interval,
        },
        augmented: { loss: 0.04, accuracy: 0.991, views: 5, interval },
      },
      'Evaluation on the test images: loss 0.0500, accuracy 98.98 % (95 %: 98.76 to 99.16 %); ' +
        'over 5 views each: loss 0.0400, accuracy 99.10 % (95 %: 98.76 to 99.16 %) (+0.12 points)',
    ],
    [
      {
        ...{ event: 'robustness', weights: 'a.safetensors', images: 10 },
        ...{ split: 'test', datasetName: 'MNIST' },
        rows: [
          { test: 'plain', accuracy: 0.99, cost: 0, interval },
          { test: 'rotated', accuracy: 0.97, cost: 0.02, interval },
        ],
      },
      'a.safetensors, on the test images of MNIST\n  as they are           99.00 % (95 %: 98.76 to 99.16 %)\n' +
        '  turned by 15 degrees  97.00 % (95 %: 98.76 to 99.16 %)  -2.00 points',
    ],
    [
      {
        ...{ event: 'prediction', file: 'one.png', label: 1, className: 'trouser' },
        probabilities: [0.25, 0.75],
      },
      'one.png: trouser (class 1, 75.00 %)',
    ],
    [
      {
        ...{ event: 'comparison', weights: ['a', 'b'], images: 100, both: 90, p: 0.0391 },
        ...{ onlyFirst: 8, onlySecond: 1, method: 'exact' },
        difference: { mean: 0.07, spread: undefined, low: 0.01, high: 0.14 },
      },
      'a minus b: +7.00 points (95 %: +1.00 points to +14.00 points); ' +
        '8 images only the first reads right, 1 only the second; McNemar p = 0.039, exact',
    ],
    [
      {
        ...{ event: 'ensemble', weights: ['a', 'b'], combination: 'vote', members: 2, images: 100 },
        ...{ accuracy: 0.9898, interval, best: 1 },
        gain: {
          ...{ images: 100, both: 90, onlyFirst: 8, onlySecond: 1, p: 0.0391, method: 'exact' },
          difference: { mean: 0.07, spread: undefined, low: 0.01, high: 0.14 },
        },
      },
      'All 2 together, vote: accuracy 98.98 % (95 %: 98.76 to 99.16 %)\n' +
        'All together minus b: +7.00 points (95 %: +1.00 points to +14.00 points); ' +
        '8 images only the first reads right, 1 only the second; McNemar p = 0.039, exact',
    ],
    [{ event: 'error', name: 'Error', message: 'It broke.' }, 'It broke.'],
  ])('%o', (event, expected) => {
    expect(sentence(/** @type {import('./report.mjs').CliEvent} */ (event))).toBe(expected);
  });
});
