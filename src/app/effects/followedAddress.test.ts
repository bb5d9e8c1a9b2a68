import { describe, expect, it } from 'vitest';
import { improvedRecipe, type Recipe, seedRecipe } from '../../domain/recipe/recipe.ts';
import { readAddress } from '../../domain/recipe/url.ts';
import { followed } from './followedAddress.ts';

const machine = 0.25;
const seed: Recipe = { ...seedRecipe, width: machine };
const improved: Recipe = { ...improvedRecipe, width: machine };

describe('the address follows the controls', () => {
  it('and is bare where they say what a bare one opens', () => {
    expect(followed('', seed, 'auto', machine)).toBe('');
    expect(followed('?recipe=improved&shift=1', seed, 'auto', machine)).toBe('');
  });

  it('names the preset, and what differs from it', () => {
    expect(followed('', improved, 'auto', machine)).toBe('?recipe=improved');
    const changed = { ...improved, shift: 1, mirror: 'on' as const };
    const address = followed('', changed, 'wasm', machine);
    expect(address).toBe('?recipe=improved&shift=1&mirror=on&engine=wasm');
    expect({ ...seed, ...readAddress(address).changes }).toEqual(changed);
  });

  it('names a width that is not the machine’s, or was asked for', () => {
    expect(followed('', { ...seed, width: 0.5 }, 'auto', machine)).toBe('?width=0.5');
    expect(followed('?width=0.25', seed, 'auto', undefined)).toBe('?width=0.25');
  });

  it('leaves what else stands there', () => {
    expect(followed('?lang=en&tune=off&recipe=seed&utm_source=mail', improved, 'auto', 0.25)).toBe(
      '?recipe=improved&lang=en&tune=off&utm_source=mail',
    );
  });
});
