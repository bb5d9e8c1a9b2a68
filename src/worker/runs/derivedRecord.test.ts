import { describe, expect, it } from 'vitest';
import { architectureOf, improvedRecipe } from '../../domain/recipe/recipe.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { LONGEST_RUN_NAME } from '../../domain/runs/runName.ts';
import { derivedRecord } from './derivedRecord.ts';

const input = { height: 28, width: 28, channels: 1 };
const run: RunRecord = {
  ...{ id: 'a', name: 'a run', status: 'finished', createdAt: 1, updatedAt: 2 },
  ...{ recipe: improvedRecipe, step: 2000, trainingMs: 5000 },
  ...{ datasetName: 'MNIST', classNames: [], engine: 'wasm' },
  architecture: architectureOf(improvedRecipe, input, 10),
  scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
  history: { training: [], validation: [] },
  best: { step: 1800, loss: 0.02, accuracy: 0.994 },
  experiment: { id: 'e', variant: 'improved' },
  test: { step: 2000, accuracy: 0.9935, datasetName: 'MNIST' },
  drawnScore: { step: 2000, right: 3, total: 4 },
};

describe('a run that begins with the weights of another', () => {
  it('has an id, a name and a time of its own', () => {
    const { id, name, createdAt } = derivedRecord(run, run.name, ', fine-tuned');
    expect(id).not.toBe(run.id);
    expect(name).toBe('a run, fine-tuned');
    expect(createdAt).toBeGreaterThan(run.createdAt);
  });

  it('claims nothing that was found out about the other, and is no part of its experiment', () => {
    const derived = derivedRecord(run, run.name, '');
    for (const key of ['best', 'experiment', 'test', 'drawnScore']) {
      expect(derived).not.toHaveProperty(key);
    }
    expect(derived.architecture).toEqual(run.architecture);
    expect(derived.recipe).toEqual(run.recipe);
  });

  it('keeps all of the addition where the name is long', () => {
    const { name } = derivedRecord(run, 'x'.repeat(2 * LONGEST_RUN_NAME), ', fine-tuned');
    expect(name).toHaveLength(LONGEST_RUN_NAME);
    expect(name.endsWith(', fine-tuned')).toBe(true);
  });
});
