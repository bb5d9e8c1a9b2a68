import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { normalizations } from '../architecture/architecture.ts';
import { switches } from '../augment/strengths.ts';
import { engineNames } from '../machine/engineReport.ts';
import { recipeFields } from './addressFields.ts';
import {
  presetIds,
  quickRecipe,
  type Recipe,
  RecipeSchema,
  recipeRanges,
  scheduleKinds,
  seedRecipe,
} from './recipe.ts';
import { readAddress, writeAddress } from './url.ts';

const nothingAsked = {
  ...{ changes: {}, engine: 'auto', tuning: 'auto', language: null, train: false, safe: false },
  ...{ threads: undefined, problems: [] },
};

describe('reading the address', () => {
  it('finds nothing in an empty one', () => {
    expect(readAddress('')).toEqual(nothingAsked);
    expect(readAddress('?')).toEqual(nothingAsked);
  });

  it('takes all that the page documents', () => {
    const address = readAddress(
      '?recipe=seed&arch=lenet5&width=0.25&batch=64&steps=300&lr=3e-4&dropout=0&seed=0' +
        '&init=normal&scaling=standard&display=5&interval=50&validation=1000&checkpoint=25' +
        '&engine=wasm&threads=3&tune=off&lang=zh-Hant&train=1&safe=1',
    );
    expect(address).toEqual({
      changes: {
        ...{ architecture: 'lenet5', width: 0.25, batchSize: 64, steps: 300, learningRate: 3e-4 },
        ...{ dropout: 0, seed: 0, initializer: 'normal', scaling: 'standard', displayStep: 5 },
        ...{ validationInterval: 50, validationImages: 1000, checkpointInterval: 25 },
      },
      ...{
        engine: 'wasm',
        threads: 3,
        tuning: 'off',
        language: 'zh-Hant',
        train: true,
        safe: true,
      },
      problems: [],
    });
  });

  it('names every part of a recipe', () => {
    const named = [...recipeFields.map(({ key }) => key), 'preset'].sort();
    expect(named).toEqual(Object.keys(seedRecipe).sort());
  });

  it('takes the width of a preset that has one of its own', () => {
    expect(readAddress('?recipe=quick').changes.width).toBe(quickRecipe.width);
    expect(readAddress('?recipe=quick&width=0.5').changes.width).toBe(0.5);
    expect(writeAddress(quickRecipe, seedRecipe, 'auto')).toBe('?recipe=quick');
  });

  it('leaves the width to the machine unless it is asked for', () => {
    expect(readAddress('?recipe=seed').changes).toEqual({});
    expect(readAddress('?width=1').changes).toEqual({ width: 1 });
  });

  it('takes no longer over a number of a million digits than over another', () => {
    const digits = '1'.repeat(1e6);
    const begin = performance.now();
    const { changes, problems } = readAddress(
      `?width=${digits}x&steps=${digits}.${digits}&lr=1e${digits}`,
    );
    expect(changes).toEqual({});
    expect(problems.map(({ params }) => params?.name)).toEqual(['width', 'steps', 'lr']);
    // A pattern that goes back over every digit would take hours.
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('passes over what others put there', () => {
    expect(readAddress('?utm_source=mail&__proto__=1&constructor=x')).toEqual(nothingAsked);
  });

  it.each([
    ['batch=0', 'batch=0. 1, 2, … 1024 was expected, so 100 is used.'],
    ['batch=1025', 'batch=1025. 1, 2, … 1024 was expected, so 100 is used.'],
    ['batch=10.5', 'batch=10.5. 1, 2, … 1024'],
    ['batch=', 'batch=. 1, 2, … 1024'],
    ['batch=0x10', 'batch=0x10.'],
    ['batch=%201', 'batch= 1.'],
    ['steps=1e99', 'steps=1e99.'],
    ['lr=Infinity', 'lr=Infinity. 1e-7 … 1 was expected, so 0.001 is used.'],
    ['lr=NaN', 'lr=NaN.'],
    ['lr=-0.1', 'lr=-0.1.'],
    ['dropout=0.96', 'dropout=0.96. 0 … 0.95'],
    ['seed=-1', 'seed=-1. 0, 1, … 4294967295 was expected, so 1 is used.'],
    ['width=2', 'width=2. 0.0625 … 1 was expected, so auto is used.'],
    [
      'arch=vgg',
      'arch=vgg. alexnet | alexnet-towers | allconv | lenet5 was expected, so alexnet is used.',
    ],
    ['arch=toString', 'arch=toString.'],
    ['recipe=best', 'recipe=best. quick | seed | improved was expected, so seed is used.'],
    [
      'engine=cuda',
      'engine=cuda. auto | webgpu | wasm | tfjs | webgl | cpu was expected, so auto is used.',
    ],
    ['tune=never', 'tune=never. auto | on | off was expected, so auto is used.'],
    ['lang=xx', 'lang=xx. en | zh-Hant was expected'],
    ['train=yes', 'train=yes. 0 | 1 was expected, so 0 is used.'],
  ])('names a bad value: %s', (query, sentence) => {
    const { problems, ...rest } = readAddress(`?${query}`);
    expect({ ...rest, problems: [] }).toEqual(nothingAsked);
    expect(problems.map(({ code }) => code)).toEqual(['url.badValue']);
    expect(problems[0]?.message).toContain(`The address asks for ${sentence}`);
  });

  it('names every bad value, and takes the good ones beside them', () => {
    const { changes, problems } = readAddress('?batch=x&seed=7&lr=y');
    expect(changes).toEqual({ seed: 7 });
    expect(problems.map(({ params }) => params.name)).toEqual(['batch', 'lr']);
  });

  it('never shows a whole novel', () => {
    const [problem] = readAddress(`?batch=${'9'.repeat(100_000)}`).problems;
    expect(problem?.message.length).toBeLessThan(200);
  });

  it('always gives a recipe that is valid', () => {
    const names = [
      ...recipeFields.map(({ name }) => name),
      'recipe',
      'engine',
      'tune',
      'lang',
      'train',
      '__proto__',
    ];
    const values = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('1', 'seed', 'alexnet'),
    );
    const queries = fc
      .array(fc.tuple(fc.constantFrom(...names), values))
      .map((pairs) => new URLSearchParams(pairs).toString());
    fc.assert(
      fc.property(fc.oneof(queries, fc.string()), (query) => {
        const { changes } = readAddress(query);
        expect(v.safeParse(RecipeSchema, { ...seedRecipe, ...changes }).success).toBe(true);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) },
    );
  });
});

describe('writing the address', () => {
  it('says nothing where nothing differs', () => {
    expect(writeAddress(seedRecipe, seedRecipe, 'auto')).toBe('');
  });

  it('says what differs', () => {
    const recipe: Recipe = { ...seedRecipe, width: 0.25, learningRate: 0.0003, seed: 0 };
    expect(writeAddress(recipe, seedRecipe, 'webgpu')).toBe(
      '?width=0.25&lr=0.0003&seed=0&engine=webgpu',
    );
  });

  it('is read back as it was written', () => {
    const between = ({ min, max }: { min: number; max: number }) =>
      fc.double({ min, max, noNaN: true }).map((value) => value || 0);
    const whole = ({ min, max }: { min: number; max: number }) => fc.integer({ min, max });
    const recipes: fc.Arbitrary<Recipe> = fc.record({
      preset: fc.constantFrom(...presetIds),
      architecture: fc.constantFrom('alexnet', 'lenet5'),
      width: between(recipeRanges.width),
      batchSize: whole(recipeRanges.batchSize),
      steps: whole(recipeRanges.steps),
      learningRate: between(recipeRanges.learningRate),
      dropout: between(recipeRanges.dropout),
      normalization: fc.constantFrom(...normalizations),
      schedule: fc.constantFrom(...scheduleKinds),
      warmup: whole(recipeRanges.warmup),
      weightDecay: between(recipeRanges.weightDecay),
      labelSmoothing: between(recipeRanges.labelSmoothing),
      averaging: between(recipeRanges.averaging),
      patience: whole(recipeRanges.patience),
      keepBest: fc.constantFrom(...switches),
      shift: between(recipeRanges.shift),
      rotate: between(recipeRanges.rotate),
      scale: between(recipeRanges.scale),
      shear: between(recipeRanges.shear),
      elastic: between(recipeRanges.elastic),
      thickness: between(recipeRanges.thickness),
      brightness: between(recipeRanges.brightness),
      contrast: between(recipeRanges.contrast),
      erase: between(recipeRanges.erase),
      mirror: fc.constantFrom(...switches),
      lighting: between(recipeRanges.lighting),
      initializer: fc.constantFrom('he', 'normal'),
      scaling: fc.constantFrom('minmax', 'standard'),
      seed: whole(recipeRanges.seed),
      displayStep: whole(recipeRanges.displayStep),
      validationInterval: whole(recipeRanges.validationInterval),
      validationImages: whole(recipeRanges.validationImages),
      checkpointInterval: whole(recipeRanges.checkpointInterval),
    });
    fc.assert(
      fc.property(recipes, fc.constantFrom('auto' as const, ...engineNames), (recipe, engine) => {
        const address = readAddress(writeAddress(recipe, seedRecipe, engine));
        expect({ ...seedRecipe, ...address.changes }).toEqual(recipe);
        expect(address.engine).toBe(engine);
        expect(address.problems).toEqual([]);
      }),
    );
  });
});
