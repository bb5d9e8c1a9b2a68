import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../../app/state.ts';
import type { VariantId } from '../../../../domain/ablation/ablation.ts';
import { type AblationQueue, atRest, withRow } from '../../../../domain/ablation/ablationQueue.ts';
import { doneRow, failedRow, someAblation } from '../../../../domain/testing/ablations.ts';
import { isActive, progressOf, variantStates } from './selectors.ts';

const fresh = someAblation(['geometry', 'elastic']);

const running = (queue: AblationQueue, variant: VariantId, seed = 1) =>
  withRow(queue, { variant, seed, status: 'running' });
const runAt = (step: number, variant: VariantId, seed = 1) =>
  ({
    record: { experiment: { id: 'an id', variant }, recipe: { seed } },
    step,
    imagesPerSecond: 500,
  }) as RunState;

describe('how far an ablation is', () => {
  it('counts steps of the row in progress and rows to come', () => {
    const queue = running(withRow(fresh, doneRow('seed', 0.97)), 'geometry');
    const progress = progressOf(queue, { phase: 'training', run: runAt(20, 'geometry') });
    expect(progress).toEqual({
      ...{ kind: 'training', number: 2, total: 4, variant: 'geometry', seed: 1 },
      ...{ step: 20, steps: 100 },
      share: expect.closeTo(0.3, 10),
      // 80 steps and two rows of 100, 50 images each, 500 images a second
      secondsLeft: 28,
    });
  });

  it('takes no step of another run for its own, be it of the same recipe', () => {
    const queue = running(withRow(fresh, doneRow('seed', 0.97)), 'geometry');
    for (const run of [runAt(100, 'seed'), runAt(100, 'geometry', 2)]) {
      const progress = progressOf(queue, { phase: 'loading', run });
      expect(progress).toMatchObject({ step: 0, share: 0.25, secondsLeft: undefined });
    }
  });

  it('says when it measures, and when it rests', () => {
    const queue = running(fresh, 'seed');
    const run = runAt(100, 'seed');
    expect(progressOf(queue, { phase: 'evaluating', run }).kind).toBe('measuring');
    expect(progressOf(queue, { phase: 'paused', run }).kind).toBe('paused');
    expect(progressOf(atRest(queue, 'paused'), { phase: 'idle', run }).kind).toBe('paused');
  });

  it('tells one that is through from one that lacks rows, and from one with failures alone', () => {
    const rest = { phase: 'idle', run: undefined } as const;
    const through = fresh.rows.reduce((q, { variant }) => withRow(q, doneRow(variant, 0.9)), fresh);
    expect(progressOf(atRest(through, 'ended'), rest)).toEqual({
      ...{ kind: 'finished', done: 4, failed: 0, total: 4, isOpen: false },
    });
    const lacking = atRest(withRow(through, failedRow('elastic')), 'ended');
    const progress = progressOf(lacking, rest);
    expect(progress).toEqual({ kind: 'stopped', done: 3, failed: 1, total: 4, isOpen: false });
    expect(isActive(progress)).toBe(false);
    const open = atRest(withRow(fresh, failedRow('elastic')), 'ended');
    expect(progressOf(open, rest)).toMatchObject({ kind: 'stopped', isOpen: true });
  });

  it('says of each recipe how many of its seeds are through, and which failed', () => {
    const queue = [doneRow('seed', 0.9), doneRow('seed', 0.9, 2), failedRow('geometry', 2)].reduce(
      withRow,
      running(someAblation(['geometry'], 3), 'geometry', 3),
    );
    expect(variantStates(queue)).toMatchObject([
      { variant: 'seed', done: 2, total: 3, isRunning: false, failures: [] },
      { variant: 'geometry', done: 0, total: 3, isRunning: true, failures: [{ seed: 2 }] },
      { variant: 'improved', done: 0, total: 3, isRunning: false, failures: [] },
    ]);
  });
});
