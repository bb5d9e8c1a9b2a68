import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../../app/state.ts';
import { ablationVariants, frameOf, type VariantId } from '../../../../domain/ablation.ts';
import {
  type AblationQueue,
  atRest,
  newAblation,
  resultOf,
  withRow,
} from '../../../../domain/ablationQueue.ts';
import { seedRecipe } from '../../../../domain/recipe.ts';
import { isActive, progressOf, rowFigures } from './selectors.ts';

const frame = frameOf({ ...seedRecipe, steps: 100, batchSize: 50 });
const fresh = newAblation('an id', frame, ablationVariants(frame, ['geometry', 'elastic']));

const scored = (variant: VariantId, accuracy: number) => {
  const figures = { images: 5000, loss: 0.1, accuracy };
  const result = resultOf({ step: 100, trainingMs: 9000 }, { ...figures, accuracy: 1 }, figures);
  return { variant, status: 'done', result } as const;
};
const failed = (variant: VariantId) =>
  ({ variant, status: 'failed', error: { message: 'It did not work.' } }) as const;
const running = (queue: AblationQueue, variant: VariantId) =>
  withRow(queue, { variant, status: 'running' });
const runAt = (step: number, variant: VariantId) =>
  ({
    record: { experiment: { id: 'an id', variant } },
    step,
    imagesPerSecond: 500,
  }) as RunState;

describe('how far an ablation is', () => {
  it('counts steps of the row in progress and rows to come', () => {
    const queue = running(withRow(fresh, scored('seed', 0.97)), 'geometry');
    const progress = progressOf(queue, { phase: 'training', run: runAt(20, 'geometry') });
    expect(progress).toEqual({
      ...{ kind: 'training', number: 2, total: 4, variant: 'geometry', step: 20, steps: 100 },
      share: expect.closeTo(0.3, 10),
      // 80 steps and two rows of 100, 50 images each, 500 images a second
      secondsLeft: 28,
    });
  });

  it('takes no step of another run for its own', () => {
    const queue = running(withRow(fresh, scored('seed', 0.97)), 'geometry');
    const progress = progressOf(queue, { phase: 'loading', run: runAt(100, 'seed') });
    expect(progress).toMatchObject({ step: 0, share: 0.25, secondsLeft: undefined });
  });

  it('says when it measures, and when it rests', () => {
    const queue = running(fresh, 'seed');
    const run = runAt(100, 'seed');
    expect(progressOf(queue, { phase: 'evaluating', run }).kind).toBe('measuring');
    expect(progressOf(queue, { phase: 'paused', run }).kind).toBe('paused');
    expect(progressOf(atRest(queue, 'paused'), { phase: 'idle', run }).kind).toBe('paused');
  });

  it('tells one that is through from one that lacks rows', () => {
    const rest = { phase: 'idle', run: undefined } as const;
    const through = fresh.rows.reduce((q, { variant }) => withRow(q, scored(variant, 0.9)), fresh);
    expect(progressOf(atRest(through, 'ended'), rest)).toEqual({
      ...{ kind: 'finished', done: 4, failed: 0, total: 4 },
    });
    const lacking = atRest(withRow(through, failed('elastic')), 'ended');
    const progress = progressOf(lacking, rest);
    expect(progress).toEqual({ kind: 'stopped', done: 3, failed: 1, total: 4 });
    expect(isActive(progress)).toBe(false);
  });
});

describe('the figures of its table', () => {
  it('compare each row with the seed recipe, and mark the best', () => {
    const queue = withRow(withRow(fresh, scored('seed', 0.97)), scored('elastic', 0.98));
    const [seed, elastic] = rowFigures(queue);
    expect(seed).toMatchObject({ variant: 'seed', difference: undefined, isBest: false });
    expect(elastic).toMatchObject({ variant: 'elastic', isBest: true });
    expect(elastic?.difference).toBeCloseTo(0.01, 10);
    expect(elastic?.gap).toBeCloseTo(0.02, 10);
    expect(elastic?.low).toBeLessThan(0.98);
    expect(elastic?.high).toBeGreaterThan(0.98);
  });

  it('compare nothing where the seed recipe failed', () => {
    const queue = withRow(withRow(fresh, failed('seed')), scored('elastic', 0.98));
    expect(rowFigures(queue)).toMatchObject([{ variant: 'elastic', difference: undefined }]);
  });
});
