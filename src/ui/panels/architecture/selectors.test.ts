import { describe, expect, it } from 'vitest';
import { seedRecipe } from '../../../domain/recipe.ts';
import { describeNetwork, estimateTrainingMemory } from '../../../domain/shapes.ts';
import { layerRows, memoryParts, shownArchitecture } from './selectors.ts';

const colourSet = {
  id: 'a',
  name: 'colours',
  classNames: ['red', 'green', 'blue'],
  shape: { height: 32, width: 32, channels: 3 },
  trainCount: 30,
  validationCount: 3,
  testCount: 0,
  trainClassCounts: [10, 10, 10],
};

describe('the network that is shown', () => {
  it('is for MNIST until there are other images', () => {
    const { input, classes } = shownArchitecture('recipe', seedRecipe, undefined);
    expect({ input, classes }).toEqual({
      input: { height: 28, width: 28, channels: 1 },
      classes: 10,
    });
  });

  it('fits the images that there are', () => {
    const { input, classes } = shownArchitecture('lenet5', seedRecipe, colourSet);
    expect({ input, classes }).toEqual({ input: colourSet.shape, classes: 3 });
  });

  it('is the original whatever the images', () => {
    const original = shownArchitecture('original', seedRecipe, colourSet);
    expect(describeNetwork(original).parameters).toBe(60_965_224);
  });
});

describe('shares', () => {
  const network = describeNetwork(shownArchitecture('recipe', seedRecipe, undefined));
  const sum = (shares: number[]) => shares.reduce((total, share) => total + share, 0);

  it('of the layers make up the whole', () => {
    const rows = layerRows(network);
    expect(sum(rows.map((row) => row.parametersShare))).toBeCloseTo(1);
    expect(sum(rows.map((row) => row.multiplyAddsShare))).toBeCloseTo(1);
    expect(sum(rows.map((row) => row.activationShare))).toBeCloseTo(1);
  });

  it('of the memory make up the whole', () => {
    const parts = memoryParts(estimateTrainingMemory(network, 100));
    expect(sum(parts.map(({ share }) => share))).toBeCloseTo(1);
  });
});
