import { describe, expect, it } from 'vitest';
import { architectureOf, seedRecipe } from '../domain/recipe.ts';
import type { WorkbenchError } from '../util/errors.ts';
import { refuseTooLarge } from './deviceLimit.ts';

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

  it('is refused whatever the batch where its weights do not fit', () => {
    // fc6 and fc7 have 4096x4096 weights: 67 MB.
    expect(refusal({}, 32 * MEBIBYTE)).toMatchObject({ width: 0.5, batch: 0 });
  });
});
