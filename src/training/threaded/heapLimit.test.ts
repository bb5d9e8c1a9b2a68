import { describe, expect, it } from 'vitest';
import { describeNetwork, estimateTrainingMemory } from '../../domain/architecture/shapes.ts';
import { architectureOf, type Recipe, seedRecipe } from '../../domain/recipe/recipe.ts';
import { refusalIn } from '../../util/testing/refusalIn.ts';
import { type TrainingOptions, trainingOptions } from '../plan/trainingPlan.ts';
import { layOutToFit } from './heapLimit.ts';

const mnist = { height: 28, width: 28, channels: 1 };
const IMAGES = 60_000;

function optionsOf(recipe: Recipe): TrainingOptions {
  const scaling = { kind: 'minmax', offset: 0, factor: 1 / 255 } as const;
  return trainingOptions(
    recipe,
    architectureOf(recipe, mnist, 10),
    IMAGES,
    scaling,
    undefined,
    1024,
  );
}

function layOut(changes: Partial<Recipe>, limit?: number) {
  const recipe = { ...seedRecipe, ...changes };
  return layOutToFit(optionsOf(recipe), recipe, 8, limit);
}

describe('the memory of a run on the processor', () => {
  it('holds width 1 at batch 100 within the sum of its parts and the data set', () => {
    const recipe = { ...seedRecipe, width: 1, batchSize: 100 };
    const report = describeNetwork(optionsOf(recipe).architecture);
    const parts = estimateTrainingMemory(report, 100).totalBytes + IMAGES * 784;
    const { totalBytes } = layOut(recipe);
    expect(totalBytes).toBeLessThan(1.1 * parts);
    expect(totalBytes).toBeLessThan(1e9);
  });

  it('names the largest batch and width that fit where a run does not', () => {
    const limit = 400e6;
    const { code, params } = refusalIn(() => layOut({ width: 0.5, batchSize: 1024 }, limit));
    expect(code).toBe('engine.heapTooSmall');
    expect(params.limitMB).toBe(400);
    expect(Number(params.neededMB)).toBeGreaterThan(400);
    const batchSize = Number(params.batch);
    expect(layOut({ width: 0.5, batchSize }, limit).totalBytes).toBeLessThanOrEqual(limit);
    refusalIn(() => layOut({ width: 0.5, batchSize: batchSize + 1 }, limit));
    const width = Number(params.width);
    expect(layOut({ width, batchSize: 1024 }, limit).totalBytes).toBeLessThanOrEqual(limit);
    refusalIn(() => layOut({ width: 2 * width, batchSize: 1024 }, limit));
  });

  it('names no width of a network of another program, which has none', () => {
    const recipe = { ...seedRecipe, width: 1, batchSize: 500 };
    const options = optionsOf(recipe);
    const architecture = { ...options.architecture, id: 'imported' as const };
    const { params } = refusalIn(() => layOutToFit({ ...options, architecture }, recipe, 8, 1.1e9));
    expect(params).toMatchObject({ width: 0 });
    expect(params?.batch).toBeGreaterThan(1);
  });

  it('says so where nothing fits', () => {
    const { params } = refusalIn(() => layOut({ width: 1 / 8, batchSize: 2 }, 1e6));
    expect(params).toMatchObject({ batch: 0, width: 0 });
  });
});
