import { describe, expect, it } from 'vitest';
import { sentence } from './report.mjs';

describe('sentences of the command line', () => {
  it.each([
    [
      { event: 'step', step: 10, loss: 2.25, accuracy: 0.115, imagesPerSecond: 231.4 },
      'Step 10: loss 2.2500, accuracy 11.50 %, 231 images/s',
    ],
    [
      { event: 'evaluation', split: 'test', loss: 0.05, accuracy: 0.9898, confusion: [] },
      'Evaluation on the test images: loss 0.0500, accuracy 98.98 %',
    ],
    [
      {
        ...{ event: 'evaluation', split: 'test', loss: 0.05, accuracy: 0.9898, confusion: [] },
        augmented: { loss: 0.04, accuracy: 0.991, views: 5 },
      },
      'Evaluation on the test images: loss 0.0500, accuracy 98.98 %; ' +
        'over 5 views each: loss 0.0400, accuracy 99.10 % (+0.12 points)',
    ],
    [
      {
        ...{ event: 'robustness', weights: 'a.safetensors', images: 10 },
        ...{ split: 'test', datasetName: 'MNIST' },
        rows: [
          { test: 'plain', accuracy: 0.99, cost: 0 },
          { test: 'rotated', accuracy: 0.97, cost: 0.02 },
        ],
      },
      'a.safetensors, on the test images of MNIST\n  as they are           99.00 %\n' +
        '  turned by 15 degrees  97.00 %  -2.00 points',
    ],
    [
      {
        ...{ event: 'prediction', file: 'one.png', label: 1, className: 'trouser' },
        probabilities: [0.25, 0.75],
      },
      'one.png: trouser (class 1, 75.00 %)',
    ],
    [{ event: 'error', name: 'Error', message: 'It broke.' }, 'It broke.'],
  ])('%o', (event, expected) => {
    expect(sentence(/** @type {import('./report.mjs').CliEvent} */ (event))).toBe(expected);
  });
});
