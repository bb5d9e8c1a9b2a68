import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { confusionOf } from '../../../domain/metrics/confusion.ts';
import type { RunEvaluation } from '../../../domain/metrics/metrics.ts';
import { runState } from '../../testing/runState.ts';
import { show } from '../../testing/show.tsx';
import { EvaluationResults } from './EvaluationResults.tsx';

const CLASSES = 10;
/** Ten images: two fours are read as nines, the rest rightly; each as sure as the others. */
const truths = Uint16Array.of(0, 1, 2, 4, 4, 4, 6, 7, 8, 9);
const predictions = Uint16Array.of(0, 1, 2, 4, 9, 9, 6, 7, 8, 9);
const evaluation: RunEvaluation = {
  ...{ split: 'test', images: 10, loss: 0.5, accuracy: 0.8 },
  confusion: confusionOf(truths, predictions, CLASSES),
  ...{ truths, predictions, confidences: new Float32Array(10).fill(0.75) },
  ...{ runId: 'run', step: 5, datasetName: 'MNIST', datasetId: 'other' },
};

const shown = (language: 'en' | 'zh-Hant') =>
  show(<EvaluationResults evaluation={evaluation}>{null}</EvaluationResults>, {
    ...{ language, state: { run: runState } },
  });

const rowOf = (table: string, name: string) =>
  page
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

describe('an evaluation', () => {
  // Wilson's interval of 8 in 10: 0.4902 to 0.9433.
  it.each([
    ['en', '95 %: 49.02–94.33%'],
    ['zh-Hant', '95%：49.02–94.33%'],
  ] as const)('tells where its accuracy may lie in truth (%s)', async (language, words) => {
    await shown(language);
    await expect.element(page.getByText(words)).toBeVisible();
  });

  it('tells precision, recall and F1 of each class', async () => {
    await shown('en');
    const row = rowOf('Precision and recall', '9');
    await expect.element(row).toBeVisible();
    const nine = row.element();
    expect([...nine.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual([
      ...['33.3%', '100.0%', '50.0%'],
    ]);
  });

  it('leads from the most confused pair to its images, as its cell does', async () => {
    await shown('en');
    await page.getByRole('button', { name: '4 read as 9: 2', exact: true }).click();
    const cell = page.getByRole('button', { name: 'True 4, read as 9: 2' });
    await expect.element(cell).toHaveAttribute('aria-pressed', 'true');
  });

  it.each([
    ['en', 'Is it as often right as it is sure?', /error: 5\.00%/],
    ['zh-Hant', '有多少把握，就答對多少嗎？', /（ECE）：5\.00%/],
  ] as const)('tells whether it is as often right as sure (%s)', async (language, name, error) => {
    await shown(language);
    await expect.element(page.getByText(error)).toBeVisible();
    const cells = page.getByRole('table', { name }).getByRole('cell').elements();
    expect(cells.map((cell) => cell.textContent)).toEqual(['10', '80.00%']);
  });
});
