import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ABLATION_KEY } from '../../../src/app/ablation/ablationMemory.ts';
import { ablationVariants, frameOf, ingredients } from '../../../src/domain/ablation.ts';
import { newAblation } from '../../../src/domain/ablationQueue.ts';
import { seedRecipe } from '../../../src/domain/recipe.ts';
import { choices, storageKey } from './ablation.mjs';
import { readKept, requireSame, writeKept } from './ablationFile.mjs';

const frame = frameOf({ ...seedRecipe, width: 0.125, steps: 500 });
const queue = newAblation('an id', frame, ablationVariants(frame, ['elastic', 'averaging']));

describe('the command line of an ablation', () => {
  it('offers what the page offers, and keeps it where the page does', () => {
    expect(choices).toEqual(ingredients);
    expect(storageKey).toBe(ABLATION_KEY);
  });
});

describe('what it keeps', () => {
  /** @type {string} */
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-ablation-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is nothing at first, and then what was written', async () => {
    expect(await readKept(folder)).toBeUndefined();
    await writeKept(folder, queue);
    expect(await readKept(folder)).toEqual(queue);
  });

  it('is refused where it is something else', async () => {
    for (const text of ['{"rows":', '[]', '{"rows": 3}']) {
      await writeFile(join(folder, 'ablation.json'), text);
      await expect(readKept(folder)).rejects.toThrow(/ablation\.json is not what this command/);
    }
  });

  it('is gone on with where nothing else is asked for', () => {
    requireSame(queue, {}, undefined, folder);
    requireSame(queue, { width: 0.125, steps: 500 }, ['averaging', 'elastic'], folder);
  });

  it('is not mixed with other settings', () => {
    expect(() => requireSame(queue, { steps: 600 }, undefined, folder)).toThrow(
      /with steps 500, not 600/,
    );
    expect(() => requireSame(queue, {}, ['elastic'], folder)).toThrow(/of elastic, averaging/);
  });
});
