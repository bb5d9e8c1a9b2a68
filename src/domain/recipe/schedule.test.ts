import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Recipe, scheduleKinds, seedRecipe } from './recipe.ts';
import { averageDecay, learningRateAt, scheduledShare, withChangeNoted } from './schedule.ts';

const STEPS = 1000;
const scheduled = (schedule: Recipe['schedule'], warmup = 0) => ({
  ...{ learningRate: 0.002, steps: STEPS, schedule, warmup },
});

const share = (schedule: Recipe['schedule'], done: number, warmup = 0) =>
  scheduledShare(scheduled(schedule, warmup), done);

describe('the learning rate over a run', () => {
  it("is the tutorial's throughout its recipe", () => {
    for (const done of [0, 1, 700, 1499]) expect(learningRateAt(seedRecipe, done)).toBe(0.001);
  });

  it('falls to a tenth at half of the run, and to a hundredth at three quarters', () => {
    expect([0, 499, 500, 749, 750, 999].map((done) => share('step', done))).toEqual([
      ...[1, 1, 0.1, 0.1, 0.01, 0.01],
    ]);
  });

  it('falls along half a cosine', () => {
    expect(share('cosine', 0)).toBe(1);
    expect(share('cosine', STEPS / 3)).toBeCloseTo(0.75, 2);
    expect(share('cosine', STEPS / 2)).toBeCloseTo(0.5, 12);
    expect(share('cosine', STEPS)).toBeCloseTo(0, 12);
  });

  it('rises to its height in three tenths of one cycle, and falls to nothing', () => {
    expect(share('oneCycle', 0)).toBeCloseTo(1 / 25, 12);
    expect(share('oneCycle', 150)).toBeCloseTo((1 + 1 / 25) / 2, 12);
    expect(share('oneCycle', 300)).toBeCloseTo(1, 12);
    expect(share('oneCycle', 650)).toBeCloseTo(0.5, 12);
    expect(share('oneCycle', STEPS)).toBeCloseTo(0, 12);
  });

  it('rises evenly through the steps of a warm-up', () => {
    expect([0, 1, 2, 3, 4].map((done) => share('constant', done, 4))).toEqual([
      ...[0.25, 0.5, 0.75, 1, 1],
    ]);
    expect(share('step', 0, 4)).toBe(0.25);
  });

  it('never leaves 0 to its full height, not even behind the last step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scheduleKinds),
        fc.nat(2 * STEPS),
        fc.nat(2 * STEPS),
        (schedule, done, warmup) => {
          expect(share(schedule, done, warmup)).toBeGreaterThanOrEqual(0);
          expect(share(schedule, done, warmup)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('follows the last change that was made before a step, and keeps its schedule', () => {
    const rateChanges = [
      { step: 100, learningRate: 0.01 },
      { step: 500, learningRate: 0.004 },
    ];
    const rates = (schedule: Recipe['schedule']) =>
      [99, 100, 499, 500].map((done) => learningRateAt(scheduled(schedule), done, { rateChanges }));
    expect(rates('constant')).toEqual([0.002, 0.01, 0.01, 0.004]);
    expect(rates('step')).toEqual([0.002, 0.01, 0.01, 0.0004]);
  });
});

describe('what an average of the weights keeps of itself', () => {
  it('is little at first, and never more than the recipe says', () => {
    expect(averageDecay(0.99, 1)).toBe(0.1);
    expect(averageDecay(0.99, 9)).toBe(0.5);
    expect(averageDecay(0.99, 891)).toBe(0.99);
    expect(averageDecay(0.99, 100_000)).toBe(0.99);
    expect(averageDecay(0, 7)).toBe(0);
  });
});

describe('a change that somebody else has noted at an earlier step', () => {
  const rate = (step: number, learningRate: number) => ({ step, learningRate });

  it('holds from the step that the run has come to', () => {
    const own = [rate(2, 0.1)];
    expect(withChangeNoted(own, [rate(2, 0.1), rate(10, 0.5)], 13)).toEqual([
      rate(2, 0.1),
      rate(13, 0.5),
    ]);
    expect(withChangeNoted(undefined, [rate(10, 0.5)], 13)).toEqual([rate(13, 0.5)]);
  });

  it('leaves a run as it is that knows of it, or has changed it itself since', () => {
    const own = [rate(10, 0.5), rate(12, 0.2)];
    expect(withChangeNoted(own, [rate(10, 0.5)], 13)).toEqual(own);
    expect(withChangeNoted(own, undefined, 13)).toEqual(own);
  });
});
