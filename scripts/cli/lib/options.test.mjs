import { describe, expect, it } from 'vitest';
import {
  normalizations,
  trainableArchitectures,
} from '../../../src/domain/architecture/architecture.ts';
import { switches } from '../../../src/domain/augment/strengths.ts';
import { engineNames } from '../../../src/domain/machine/engineReport.ts';
import {
  initializers,
  presetIds,
  recipeRanges,
  scalingKinds,
  scheduleKinds,
} from '../../../src/domain/recipe/recipe.ts';
import { choices, numbers, readChanges, readChoice, words } from './options.mjs';

describe('the options of the command line', () => {
  it('offer what the page offers', () => {
    expect(choices.recipe).toEqual([...presetIds]);
    expect(words.arch?.words).toEqual([...trainableArchitectures]);
    expect(words.norm?.words).toEqual([...normalizations]);
    expect(words.schedule?.words).toEqual([...scheduleKinds]);
    expect(words.init?.words).toEqual([...initializers]);
    expect(words.scaling?.words).toEqual([...scalingKinds]);
    expect(words.best?.words).toEqual([...switches]);
    expect(words.mirror?.words).toEqual([...switches]);
    expect(choices.engine).toEqual(['auto', ...engineNames]);
  });

  it('keep to the ranges of the page', () => {
    for (const { control, min, max } of Object.values(numbers)) {
      expect({ [control]: { min, max } }).toEqual({
        [control]: Reflect.get(recipeRanges, control),
      });
    }
  });

  it('become changes of the recipe', () => {
    expect(readChanges({ lr: '1e-4', batch: '50', schedule: 'cosine' })).toEqual({
      learningRate: 1e-4,
      batchSize: 50,
      schedule: 'cosine',
    });
  });

  it.each([
    ['steps', '0'],
    ['steps', '1.5'],
    ['steps', 'many'],
    ['steps', ''],
    ['width', '2'],
    ['dropout', 'NaN'],
    ['lr', '-0.1'],
    ['seed', 'Infinity'],
    ['schedule', 'sine'],
  ])('refuse --%s "%s"', (name, value) => {
    expect(() => readChanges({ [name]: value })).toThrow(`--${name} is "${value}"`);
  });

  it('refuse an unknown engine and name the known ones', () => {
    expect(() => readChoice('engine', 'cuda')).toThrow(/auto, webgpu, wasm, tfjs, webgl, cpu/);
  });
});
