import { beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { startEngine } from '../../engine/engines.ts';
import { runState } from '../../training/runState.ts';
import { tinyImages, tinyRecipe } from '../../training/testing/tinyRun.ts';
import type { LoadedDataset } from '../data/datasetShelf.ts';
import { CurrentRun } from '../runs/currentRun.ts';

const train = tinyImages(30);
const classNames = ['top', 'middle', 'bottom'];
const training = Uint32Array.from({ length: train.count }, (_, i) => i);
const loaded: LoadedDataset = {
  dataset: { name: 'squares', classNames, train, test: train },
  ...{ training, validation: new Uint32Array() },
  summary: {
    ...{ id: 'a', name: 'squares', classNames, shape: train.shape, trainCount: train.count },
    ...{ validationCount: 0, testCount: 0, trainClassCounts: [10, 10, 10] },
  },
};
const set = { key: 'a', images: train, training, validation: new Uint32Array() };
const recipe: Recipe = { ...tinyRecipe, architecture: 'lenet5', schedule: 'cosine', steps: 6 };

beforeAll(() => startEngine('wasm', (problem) => expect(problem).toBeUndefined()));

/** Makes steps until so many are done; gives the rates at which they were made. */
async function advance(run: CurrentRun, steps: number): Promise<number[]> {
  const { trainer, order } = await run.prepare(set, { threads: 1 });
  const rates: number[] = [];
  while (trainer.step < steps) {
    rates.push(run.learningRate(trainer.step));
    trainer.trainStep(order.batch(trainer.step), run.learningRate(trainer.step));
  }
  return rates;
}

describe('a learning rate that is changed while a run trains', () => {
  it('holds from the next step on, and is still scheduled', () => {
    const run = CurrentRun.begin(recipe, loaded, 'wasm');
    const scheduled = run.learningRate(4);
    run.changeLearningRate(3 * recipe.learningRate);
    expect(run.learningRate(4)).toBeCloseTo(3 * scheduled, 12);
    expect(scheduled).toBeLessThan(recipe.learningRate);
  });

  it('is kept with the run, which goes on from its checkpoint as if it had never stopped', async () => {
    const whole = CurrentRun.begin(recipe, loaded, 'wasm');
    await advance(whole, 2);
    whole.changeLearningRate(0.004);
    await advance(whole, 3);
    const { record } = whole;
    const state = structuredClone(await whole.exportState());
    expect(record.rateChanges).toEqual([{ step: 2, learningRate: 0.004 }]);
    const rates = await advance(whole, 6);

    const resumed = CurrentRun.open(record, state, {
      version: { generation: 1, revision: 0 },
      state: async () => runState(state, record),
    });
    expect(await advance(resumed, 6)).toEqual(rates);
    const ends = await Promise.all([whole, resumed].map((run) => run.exportState()));
    expect(ends[1]).toEqual(ends[0]);
  });

  it('replaces a change that no step was made with', async () => {
    const run = CurrentRun.begin(recipe, loaded, 'wasm');
    await advance(run, 1);
    run.changeLearningRate(0.1);
    run.changeLearningRate(0.002);
    expect(run.record.rateChanges).toEqual([{ step: 1, learningRate: 0.002 }]);
  });
});
