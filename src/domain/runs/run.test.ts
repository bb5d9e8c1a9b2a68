import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureOf, recipeRanges, scheduleKinds, seedRecipe } from '../recipe/recipe.ts';
import { type CourseChanges, learningRateAt, withChange } from '../recipe/schedule.ts';
import { plannedSteps, type RunRecord, upToStep } from './run.ts';

const recipe = { ...seedRecipe, width: 0.125, steps: 100 };

function recordAt(step: number, changes: CourseChanges = {}): RunRecord {
  const points = Array.from({ length: step }, (_, i) => ({ step: i + 1, loss: 1, accuracy: 0.5 }));
  return {
    ...{ id: 'a', name: 'a run', status: 'paused', createdAt: 1, updatedAt: 2, recipe },
    architecture: architectureOf(recipe, { height: 28, width: 28, channels: 1 }, 10),
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    ...{ datasetName: 'MNIST', classNames: [], engine: 'wasm', step, trainingMs: 10 * step },
    history: {
      training: points,
      validation: points.filter((point) => point.step % 10 === 0).map((p) => ({ ...p, images: 5 })),
    },
    ...changes,
  };
}

/** Everything in a value that carries a step, wherever it stands. */
function stepsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'step' in value && typeof value.step === 'number' ? [value.step] : [];
  return [...own, ...Object.values(value).flatMap(stepsIn)];
}

describe('a record up to a step', () => {
  it('has nothing of a later one', () => {
    const step = fc.nat(60);
    fc.assert(
      fc.property(step, step, step, step, step, (cut, best, test, drawn, change) => {
        const record: RunRecord = {
          ...recordAt(60),
          best: { step: best, loss: 1, accuracy: 0.5 },
          test: { step: test, accuracy: 0.5, datasetName: 'MNIST' },
          drawnScore: { step: drawn, right: 1, total: 2 },
          rateChanges: [{ step: change, learningRate: 0.1 }],
          lengthChanges: [{ step: change, steps: 500 }],
        };
        const past = upToStep(record, cut);
        expect(past.step).toBe(cut);
        expect(Math.max(...stepsIn(past))).toBe(cut);
        expect(past.history.training).toHaveLength(cut);
        expect('best' in past).toBe(best <= cut);
        expect('test' in past).toBe(test <= cut);
        expect('drawnScore' in past).toBe(drawn <= cut);
        // A change that no step was made with is none of a run that ends there.
        expect(past.rateChanges).toHaveLength(change < cut ? 1 : 0);
      }),
    );
  });
});

describe('a run whose rate and length were changed while it trained', () => {
  /** Steps to make, then what to change. */
  const leg = fc.record({
    steps: fc.integer({ min: 1, max: 40 }),
    rate: fc.option(fc.constantFrom(1e-4, 0.01, 0.1)),
    more: fc.option(fc.integer({ min: 1, max: 200 })),
  });
  const kind = fc.constantFrom(...scheduleKinds);

  it('can be made again from its record: it says the rate of every step', () => {
    fc.assert(
      fc.property(kind, fc.nat(20), fc.array(leg, { maxLength: 6 }), (schedule, warmup, legs) => {
        const plan = { ...recipe, schedule, warmup };
        let changes: CourseChanges = {};
        const made: number[] = [];
        for (const { steps, rate, more } of legs) {
          for (let i = 0; i < steps; i++) made.push(learningRateAt(plan, made.length, changes));
          const step = made.length;
          const { rateChanges, lengthChanges } = changes;
          if (rate !== null) {
            const change = { step, learningRate: rate };
            changes = { ...changes, rateChanges: withChange(rateChanges, change) };
          }
          if (more !== null) {
            const change = { step, steps: step + more };
            changes = { ...changes, lengthChanges: withChange(lengthChanges, change) };
          }
        }
        expect(made.map((_, stepsDone) => learningRateAt(plan, stepsDone, changes))).toEqual(made);
        expect(made.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('is as long as it was made last, and its recipe stays within what a file may hold', () => {
    const most = recipeRanges.steps.max;
    const extended = recordAt(3, { lengthChanges: [{ step: 3, steps: 3 + most }] });
    expect(plannedSteps(extended)).toBe(3 + most);
    expect(extended.recipe.steps).toBeLessThanOrEqual(most);
    expect(plannedSteps(recordAt(3))).toBe(100);
  });
});
