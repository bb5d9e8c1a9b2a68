import { describe, expect, it, vi } from 'vitest';
import type { TrainingPoint } from '../domain/metrics/metrics.ts';
import { BatchOrder } from '../domain/recipe/batches.ts';
import { type Recipe, seedRecipe } from '../domain/recipe/recipe.ts';

import { LoopControl, type Pace, runTrainingLoop, type Steps } from './trainingLoop.ts';

const recipe: Recipe = {
  ...seedRecipe,
  ...{ steps: 25, batchSize: 3, validationInterval: 10, checkpointInterval: 5 },
};

/** A trainer without a network: its loss is 1 / step, or what `losses` says. */
class CountingTrainer implements Steps {
  step = 0;
  mostUnread = 1024;
  readonly batches: Uint32Array[] = [];
  readonly rates: number[] = [];
  private unread: TrainingPoint[] = [];
  mostRead = 0;

  constructor(private readonly losses: Readonly<Record<number, number>> = {}) {}

  trainStep(indices: Uint32Array, learningRate: number): void {
    this.rates.push(learningRate);
    this.step++;
    this.batches.push(indices);
    const loss = this.losses[this.step] ?? 1 / this.step;
    this.unread.push({ step: this.step, loss, accuracy: 0.5 });
  }

  async readMetrics(): Promise<TrainingPoint[]> {
    this.mostRead = Math.max(this.mostRead, this.unread.length);
    return this.unread.splice(0);
  }
}

function run(trainer: CountingTrainer, control = new LoopControl(), pauseAt = 0, endAt = Infinity) {
  const told: string[] = [];
  const points: TrainingPoint[] = [];
  const order = new BatchOrder(
    Uint32Array.from({ length: 10 }, (_, i) => i),
    3,
    recipe.seed,
  );
  const outcome = runTrainingLoop(trainer, order, recipe, control, {
    onSteps: (more) => {
      points.push(...more);
      if (pauseAt > 0 && points.length >= pauseAt) control.ask('pause');
    },
    validate: async (step) => void told.push(`validate ${step}`),
    checkpoint: async (step) => void told.push(`checkpoint ${step}`),
    learningRate: (stepsDone) => 1 / (1 + stepsDone),
    shouldEnd: () => trainer.step >= endAt,
  });
  return { outcome, told, points };
}

describe('the training loop', () => {
  it('takes the learning rate of each step, and ends where a validation gives no more hope', async () => {
    const trainer = new CountingTrainer();
    const { outcome, told } = run(trainer, new LoopControl(), 0, 10);
    expect(await outcome).toBe('finished');
    expect(trainer.rates).toEqual(Array.from({ length: 10 }, (_, i) => 1 / (1 + i)));
    expect(told).toEqual(['checkpoint 5', 'validate 10']);
  });

  it('makes every step once, and tells each in order', async () => {
    const trainer = new CountingTrainer();
    const { outcome, points } = run(trainer);
    expect(await outcome).toBe('finished');
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
  });

  it('validates and keeps at the intervals; the end is kept by the caller', async () => {
    const { outcome, told } = run(new CountingTrainer());
    await outcome;
    expect(told).toEqual([
      ...['checkpoint 5', 'validate 10', 'checkpoint 10', 'checkpoint 15'],
      ...['validate 20', 'checkpoint 20', 'validate 25'],
    ]);
  });

  it('pauses between two steps with every figure told, and goes on with the next batch', async () => {
    const trainer = new CountingTrainer();
    const control = new LoopControl();
    const before = run(trainer, control, 7);
    expect(await before.outcome).toBe('paused');
    expect(before.points.at(-1)?.step).toBe(trainer.step);
    const after = run(trainer, new LoopControl());
    expect(await after.outcome).toBe('finished');
    const uninterrupted = new CountingTrainer();
    await run(uninterrupted).outcome;
    expect(trainer.batches).toEqual(uninterrupted.batches);
  });

  it('stops when asked', async () => {
    const control = new LoopControl();
    control.ask('stop');
    expect(await run(new CountingTrainer(), control).outcome).toBe('stopped');
  });

  it('stops although less is asked for afterwards', async () => {
    const control = new LoopControl();
    for (const request of ['stop', 'pause', 'run'] as const) control.ask(request);
    expect(await run(new CountingTrainer(), control).outcome).toBe('stopped');
  });

  it('ends with a sentence when the loss is no number', async ({ task }) => {
    const { outcome } = run(new CountingTrainer({ 8: Number.NaN }));
    await expect(outcome).rejects.toThrow('The loss became NaN at step 8');
    const words = 'a loss that is no number';
    task.meta.fault = { case: 25, words, injected: 1, survived: 1 };
  });

  it.each([100, 1, 0.1])(
    'reads every step in time and tells a pace, on a clock that advances by %d ms at a time',
    async (tickMs) => {
      const now = vi.spyOn(performance, 'now');
      const began = Date.now();
      now.mockImplementation(() => Math.floor((Date.now() - began) / tickMs) * tickMs);
      const order = new BatchOrder(Uint32Array.of(0, 1, 2), 3, 1);
      const plan = {
        ...recipe,
        ...{ steps: 2000, validationInterval: 5000, checkpointInterval: 5000 },
      };
      const trainer = new CountingTrainer();
      trainer.mostUnread = 50;
      const paces: Pace[] = [];
      try {
        await runTrainingLoop(trainer, order, plan, new LoopControl(), {
          onSteps: (_, pace) => paces.push(pace),
          validate: async () => undefined,
          checkpoint: async () => undefined,
          learningRate: () => 1,
          shouldEnd: () => false,
        });
      } finally {
        now.mockRestore();
      }
      expect(trainer.mostRead).toBeLessThanOrEqual(50);
      for (const { stepMs, imagesPerSecond } of paces) {
        expect(stepMs).toBeGreaterThan(0);
        expect(Number.isFinite(imagesPerSecond)).toBe(true);
      }
    },
  );
});
