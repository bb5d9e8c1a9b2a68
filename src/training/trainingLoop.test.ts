import { describe, expect, it } from 'vitest';
import { BatchOrder } from '../domain/batches.ts';
import type { TrainingPoint } from '../domain/metrics.ts';
import { type Recipe, seedRecipe } from '../domain/recipe.ts';
import type { Trainer } from './trainer.ts';
import { type LoopControl, logLine, runTrainingLoop } from './trainingLoop.ts';

const recipe: Recipe = {
  ...seedRecipe,
  ...{ steps: 25, batchSize: 3, validationInterval: 10, checkpointInterval: 5 },
};

/** A trainer without a network: its loss is 1 / step, or what `losses` says. */
class CountingTrainer implements Trainer {
  step = 0;
  readonly batches: Uint32Array[] = [];
  readonly rates: number[] = [];
  private unread: TrainingPoint[] = [];

  constructor(private readonly losses: Readonly<Record<number, number>> = {}) {}

  trainStep(indices: Uint32Array, learningRate: number): void {
    this.rates.push(learningRate);
    this.step++;
    this.batches.push(indices);
    const loss = this.losses[this.step] ?? 1 / this.step;
    this.unread.push({ step: this.step, loss, accuracy: 0.5 });
  }

  async readMetrics(): Promise<TrainingPoint[]> {
    return this.unread.splice(0);
  }

  async exportState() {
    return [];
  }

  importState(): void {}
  dispose(): void {}
}

function run(
  trainer: CountingTrainer,
  control: LoopControl = { request: 'run' },
  pauseAt = 0,
  endAt = Infinity,
) {
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
      if (pauseAt > 0 && points.length >= pauseAt) control.request = 'pause';
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
    const { outcome, told } = run(trainer, { request: 'run' }, 0, 10);
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
    const control: LoopControl = { request: 'run' };
    const before = run(trainer, control, 7);
    expect(await before.outcome).toBe('paused');
    expect(before.points.at(-1)?.step).toBe(trainer.step);
    control.request = 'run';
    const after = run(trainer, control);
    expect(await after.outcome).toBe('finished');
    const uninterrupted = new CountingTrainer();
    await run(uninterrupted).outcome;
    expect(trainer.batches).toEqual(uninterrupted.batches);
  });

  it('stops when asked', async () => {
    expect(await run(new CountingTrainer(), { request: 'stop' }).outcome).toBe('stopped');
  });

  it('ends with a sentence when the loss is no number', async ({ task }) => {
    const { outcome } = run(new CountingTrainer({ 8: Number.NaN }));
    await expect(outcome).rejects.toThrow('The loss became NaN at step 8');
    const words = 'a loss that is no number';
    task.meta.fault = { case: 25, words, injected: 1, survived: 1 };
  });

  it("writes the tutorial's log line", () => {
    expect(logLine({ step: 10, loss: 0.123456, accuracy: 0.95 })).toBe(
      'Iter 10, Minibatch Loss= 0.123456, Training Accuracy= 0.95000',
    );
  });
});
