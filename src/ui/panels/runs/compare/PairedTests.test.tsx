import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { KeptEvaluation } from '../../../../domain/metrics/keptEvaluation.ts';
import { rightBits } from '../../../../domain/metrics/rightBits.ts';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import { runState } from '../../../testing/runState.ts';
import { show } from '../../../testing/show.tsx';
import { PairedTests } from './PairedTests.tsx';
import { comparedRuns } from './selectors.ts';

const IMAGES = 50;

/** Reads the images of these numbers right, from the first up to the second. */
function reading(from: number, to: number, datasetId = 'set'): KeptEvaluation {
  const truths = new Uint16Array(IMAGES);
  const right = rightBits(
    truths,
    truths.map((_, i) => (i >= from && i < to ? 0 : 1)),
  );
  return {
    ...{ step: 5, datasetName: 'MNIST', datasetId, loss: 1, accuracy: (to - from) / IMAGES },
    ...{ images: IMAGES, shape: { height: 1, width: 1, channels: 1 }, classNames: [] },
    ...{ mistakes: [], right },
  };
}

// Newcombe 1998, Statistics in Medicine 17, 2635-2650: 36 both, 12 and 2 in one alone, 0 neither.
const evaluations: Record<string, KeptEvaluation> = {
  a: reading(0, 48),
  b: reading(12, 50),
  c: reading(0, 47),
  d: reading(0, 48, 'another set'),
};

const shown = (ids: readonly string[], language: 'en' | 'zh-Hant' = 'en') => {
  const test = { step: 5, accuracy: 0.9, images: IMAGES, datasetName: 'MNIST', datasetId: 'set' };
  const records = ids.map(
    (id): RunRecord => ({ ...runState.record, id, name: id.toUpperCase(), test }),
  );
  const commands = { runEvaluation: async (id: string) => evaluations[id] };
  return show(<PairedTests runs={comparedRuns(records, () => 0)} />, { commands, language });
};

describe('runs on the same test images', () => {
  it('are told apart where it is more than chance', async () => {
    await shown(['a', 'b']);
    // p = 2 (1 + 14 + 91) / 2^14
    const words = /A minus B: \+20\.00 points .*12 are read right .* 2 by.*more than .*p = 0\.013/;
    await expect.element(page.getByText(words)).toBeVisible();
  });

  it('are not where it may be chance, in either language', async () => {
    await shown(['a', 'c'], 'zh-Hant');
    await expect.element(page.getByText(/A 減 C：.*可能只是巧合（p = 1\.000/)).toBeVisible();
  });

  it('are not compared on different images', async () => {
    await shown(['a', 'd']);
    await expect.element(page.getByText(/A and D were not both evaluated/)).toBeVisible();
  });
});
