import { describe, expect, it } from 'vitest';
import { describeNetwork, estimateTrainingMemory } from '../../../domain/architecture/shapes.ts';
import { architectureOf, type Recipe, seedRecipe } from '../../../domain/recipe/recipe.ts';
import { layerRows, memoryParts, recipeDiffers, shownNetwork, type View } from './selectors.ts';

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

const shownArchitecture = (view: View, recipe: Recipe, dataset: typeof colourSet | undefined) =>
  shownNetwork(view, { run: undefined, recipe, dataset }).architecture;

describe('the network that is shown', () => {
  const colours = architectureOf({ ...seedRecipe, width: 0.25 }, colourSet.shape, 3);
  const run = { architecture: colours, recipe: { ...seedRecipe, width: 0.25 as const } };

  it('is the one in memory, whatever the recipe says meanwhile', () => {
    const state = { run, recipe: seedRecipe, dataset: undefined };
    expect(shownNetwork('own', state)).toEqual(run);
    expect(shownNetwork('recipe', state).architecture.input.channels).toBe(1);
    expect(recipeDiffers(state)).toBe(true);
  });

  it('is one where the recipe would make the same', () => {
    const copy = structuredClone(colours);
    const same = { run: { ...run, architecture: copy }, recipe: run.recipe, dataset: colourSet };
    expect(recipeDiffers(same)).toBe(false);
    expect(recipeDiffers({ ...same, run: undefined })).toBe(false);
    expect(recipeDiffers({ ...same, recipe: { ...run.recipe, dropout: 0.1 } })).toBe(true);
    expect(recipeDiffers({ ...same, recipe: { ...run.recipe, learningRate: 0.1 } })).toBe(false);
  });

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
