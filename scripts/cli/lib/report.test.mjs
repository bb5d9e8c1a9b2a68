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
      { event: 'prediction', file: 'one.png', label: 1, probabilities: [0.25, 0.75] },
      'one.png: 1 (75.00 %)',
    ],
    [{ event: 'error', name: 'Error', message: 'It broke.' }, 'It broke.'],
  ])('%o', (event, expected) => {
    expect(sentence(/** @type {import('./report.mjs').CliEvent} */ (event))).toBe(expected);
  });
});
