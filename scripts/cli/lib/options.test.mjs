import { describe, expect, it } from 'vitest';
import { trainableArchitectures } from '../../../src/domain/architecture.ts';
import { engineNames } from '../../../src/domain/engineReport.ts';
import { presetIds, recipeRanges } from '../../../src/domain/recipe.ts';
import { choices, numbers, readChoice, readNumbers } from './options.mjs';

describe('the options of the command line', () => {
  it('offer what the page offers', () => {
    expect(choices.recipe).toEqual([...presetIds]);
    expect(choices.arch).toEqual([...trainableArchitectures]);
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
    expect(readNumbers({ lr: '1e-4', batch: '50', json: true })).toEqual({
      learningRate: 1e-4,
      batchSize: 50,
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
  ])('refuse --%s "%s"', (name, value) => {
    expect(() => readNumbers({ [name]: value })).toThrow(`--${name} is "${value}"`);
  });

  it('refuse an unknown engine and name the known ones', () => {
    expect(() => readChoice('engine', 'cuda')).toThrow(/auto, webgpu, wasm, webgl, cpu/);
  });
});
