import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ablationVariants, frameOf, seedsFrom } from '../ablation/ablation.ts';
import { seedRecipe } from '../recipe/recipe.ts';
import { LONGEST_RUN_NAME, newRunName, runNameOf } from './runName.ts';

const addition = ', best of step 10';

describe("a new run's name", () => {
  it('says its network, its data and its seed', () => {
    const recipe = { ...seedRecipe, width: 0.25 as const, seed: 3 };
    expect(newRunName(recipe, 'MNIST')).toBe('AlexNet ×0.25, MNIST, seed 3');
  });

  it('is one of its own in every line of an ablation, however long that of the data is', () => {
    const names = ablationVariants(frameOf(seedRecipe)).flatMap(({ id, recipe }) =>
      seedsFrom(1, 3).map((seed) =>
        newRunName({ ...recipe, seed }, 'x'.repeat(LONGEST_RUN_NAME), { variant: id }),
      ),
    );
    expect(names).toHaveLength(27);
    expect(new Set(names).size).toBe(27);
    expect(names[3]).toMatch(/, \+ moved, turned, scaled, seed 1$/);
  });
});

describe("a run's name", () => {
  it('is what it was where there is room', () => {
    expect(runNameOf('AlexNet')).toBe('AlexNet');
    expect(runNameOf('AlexNet', addition)).toBe('AlexNet, best of step 10');
    const longest = 'x'.repeat(LONGEST_RUN_NAME);
    expect(runNameOf(longest)).toBe(longest);
  });

  it('is cut where there is none, and says so before what is added', () => {
    const name = runNameOf('x'.repeat(LONGEST_RUN_NAME), addition);
    expect(name).toHaveLength(LONGEST_RUN_NAME);
    expect(name.endsWith(`x…${addition}`)).toBe(true);
  });

  it('is never too long, and never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3 * LONGEST_RUN_NAME }), (text) => {
        const name = runNameOf(text, addition);
        expect(name.length).toBeLessThanOrEqual(LONGEST_RUN_NAME);
        expect(name).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
