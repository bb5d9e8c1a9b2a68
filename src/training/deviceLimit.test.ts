import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widths } from '../domain/architecture/architecture.ts';
import { describeNetwork } from '../domain/architecture/shapes.ts';
import { architectureOf, type Recipe, recipeRanges, seedRecipe } from '../domain/recipe/recipe.ts';
import type { WorkbenchError } from '../util/errors.ts';
import { batchThatFits, refuseTooLarge } from './deviceLimit.ts';

const MEBIBYTE = 2 ** 20;
const mnist = { height: 28, width: 28, channels: 1 };

function refusal(change: Partial<typeof seedRecipe>, limitBytes: number) {
  const recipe = { ...seedRecipe, width: 1, ...change };
  try {
    refuseTooLarge(architectureOf(recipe, mnist, 10), recipe, limitBytes);
    return undefined;
  } catch (error) {
    return (error as WorkbenchError).params;
  }
}

describe('a network on an adapter that allows buffers of 128 MiB', () => {
  it('trains where its largest layer fits', () => {
    expect(refusal({ batchSize: 100 }, 128 * MEBIBYTE)).toBeUndefined();
  });

  it('is refused where it does not, with the width and the batch that fit', () => {
    // conv1 makes 28x28x96 floats an image: 301,056 bytes.
    expect(refusal({ batchSize: 500 }, 128 * MEBIBYTE)).toMatchObject({
      ...{ layer: 'conv1', neededMB: 151, limitMB: 134, width: 0.5, batch: 445 },
    });
    for (const change of [{ batchSize: 500, width: 0.5 }, { batchSize: 445 }]) {
      expect(refusal(change, 128 * MEBIBYTE)).toBeUndefined();
    }
  });

  it('is told of no width where it has none, being of another program', () => {
    const recipe = { ...seedRecipe, width: 1, batchSize: 500 };
    const architecture = { ...architectureOf(recipe, mnist, 10), id: 'imported' as const };
    const refusing = () => refuseTooLarge(architecture, recipe, 128 * MEBIBYTE);
    expect(refusing).toThrow('The largest width that fits is 0,');
  });

  it('is refused whatever the batch where its weights do not fit', () => {
    // fc6 and fc7 have 4096x4096 weights: 67 MB.
    expect(refusal({}, 32 * MEBIBYTE)).toMatchObject({ width: 0.5, batch: 0 });
  });
});

/** Every network on images of any side, on a device of any limit. */
const cases = fc.record({
  architecture: fc.constantFrom('alexnet', 'lenet5'),
  normalization: fc.constantFrom('lrn', 'batch', 'none'),
  width: fc.constantFrom(...widths),
  batchSize: fc.integer(recipeRanges.batchSize),
  side: fc.integer({ min: 16, max: 64 }),
  limitMB: fc.constantFrom(16, 32, 128, 256, 1024),
});

describe('whatever is accepted for training', () => {
  it('can be validated, and what is proposed in the place of what is refused is accepted', () => {
    fc.assert(
      fc.property(cases, ({ side, limitMB, ...change }) => {
        const recipe: Recipe = { ...seedRecipe, ...(change as Partial<Recipe>) };
        const limit = limitMB * MEBIBYTE;
        const network = (of: Recipe) =>
          architectureOf(of, { height: side, width: side, channels: 3 }, 10);
        const refusalOf = (of: Recipe) => {
          try {
            return void refuseTooLarge(network(of), of, limit);
          } catch (error) {
            return (error as WorkbenchError).params;
          }
        };
        const refused = refusalOf(recipe);
        if (refused) {
          const { width, batch } = refused;
          if (Number(width) > 0)
            expect(refusalOf({ ...recipe, width: Number(width) })).toBe(undefined);
          if (Number(batch) > 0)
            expect(refusalOf({ ...recipe, batchSize: Number(batch) })).toBe(undefined);
          return;
        }
        const at = batchThatFits(network(recipe), 200, limit);
        expect(at).toBeGreaterThanOrEqual(Math.min(200, recipe.batchSize));
        for (const { activationBytes } of describeNetwork(network(recipe)).layers) {
          expect(at * activationBytes).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is refused in words where not even one image can be read', () => {
    const network = architectureOf({ ...seedRecipe, width: 1 }, mnist, 10);
    expect(() => batchThatFits(network, 200, 2 ** 20)).toThrow('This GPU allows buffers of 1 MB');
  });
});
