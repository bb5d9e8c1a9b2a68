import { describe, expect, it } from 'vitest';
import type { NamedTensor, RunRecord, RunStatus } from '../../domain/runs/run.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import {
  tinyImages,
  tinyNetwork,
  tinyRecipe,
  tinyScaling,
} from '../../training/testing/tinyRun.ts';
import { assert } from '../../util/assert.ts';
import { normals, RandomStream } from '../../util/random.ts';
import { CurrentRun } from '../runs/currentRun.ts';
import { Learned } from './learned.ts';

const recipe = { ...tinyRecipe, architecture: 'lenet5' as const, seed: 1 };
const { architecture } = tinyNetwork(tinyImages(3), recipe);
const drawn = (seed: number) => initialWeights(architecture, 'he', seed);

function runWith(weights: readonly NamedTensor[], status: RunStatus): CurrentRun {
  const record: RunRecord = {
    ...{ id: 'a', name: 'Run', status, createdAt: 0, updatedAt: 0 },
    ...{ datasetName: 'squares', classNames: ['top', 'middle', 'bottom'], engine: 'cpu' },
    ...{ step: 0, trainingMs: 0, history: { training: [], validation: [] } },
    ...{ scaling: tinyScaling, recipe, architecture },
  };
  return CurrentRun.from(record, weights);
}

async function learnedOf(weights: readonly NamedTensor[], status: RunStatus, layer: string) {
  const kernel = weights.find(({ name }) => name === `${layer}/kernel`);
  assert(kernel, `the network has a layer ${layer}`);
  const first = drawn(recipe.seed).find(({ name }) => name === kernel.name);
  const learned = await new Learned().of(runWith(weights, status), kernel);
  return { learned, added: kernel.values.map((value, i) => value - (first?.values[i] ?? 0)) };
}

/** As of a long training: each weight is off by some share of what it began as. */
const moved = (weights: readonly NamedTensor[], by: (name: string) => number) =>
  weights.map((tensor, layer) => {
    const moves = normals(9, RandomStream.initialWeights, layer, tensor.values.length);
    const values = tensor.values.map((value, i) => value + by(tensor.name) * (moves[i] ?? 0));
    return { ...tensor, values };
  });

describe('what learning has added', () => {
  it.each(['training', 'paused', 'stopped', 'finished', 'imported'] as const)(
    'is not told of weights that began otherwise, in a run that is %s',
    async (status) => {
      for (const layer of ['conv1', 'conv2', 'fc3']) {
        expect((await learnedOf(drawn(2), status, layer)).learned, layer).toBeUndefined();
      }
    },
  );

  it('is told of weights that grew out of the seed’s, though few of them have moved far', async () => {
    const weights = moved(drawn(recipe.seed), (name) => (name === 'conv1/kernel' ? 5 : 0.01));
    for (const status of ['finished', 'imported'] as const) {
      for (const layer of ['conv1', 'conv2']) {
        const { learned, added } = await learnedOf(weights, status, layer);
        expect(learned, layer).toEqual(added);
      }
    }
  });
});
