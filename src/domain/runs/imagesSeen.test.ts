import { describe, expect, it } from 'vitest';
import { architectureOf, seedRecipe } from '../recipe/recipe.ts';
import { imagesSeen } from './imagesSeen.ts';

const run = {
  recipe: { ...seedRecipe, batchSize: 50 },
  architecture: architectureOf(seedRecipe, { height: 28, width: 28, channels: 1 }, 10),
  ...{ status: 'training' as const, step: 0 },
};

describe('how many images a run has learned from', () => {
  it('is told of one that began from the start', () => {
    expect(imagesSeen(run, 0)).toBe(0);
    expect(imagesSeen(run, 40)).toBe(2000);
  });

  it('is told of one from a file that says its steps', () => {
    expect(imagesSeen({ ...run, status: 'imported', step: 40 }, 40)).toBe(2000);
  });

  it('is not known of weights that something else had trained', () => {
    expect(imagesSeen({ ...run, status: 'imported' }, 0)).toBeUndefined();
    expect(imagesSeen({ ...run, tunedOn: ['a drawing'] }, 20)).toBeUndefined();
    const architecture = { ...run.architecture, id: 'imported' as const };
    expect(imagesSeen({ ...run, architecture }, 20)).toBeUndefined();
  });
});
