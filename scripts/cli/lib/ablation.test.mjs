import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ablationKey } from '../../../src/app/ablation/ablationMemory.ts';
import { FEWEST_EPOCHS, ingredients } from '../../../src/domain/ablation/ablation.ts';
import { MOST_RUNS } from '../../../src/domain/metrics/differenceInterval.ts';
import { someAblation } from '../../../src/domain/testing/ablations.ts';
import { FIRST_SITE } from '../../../src/util/siteName.ts';
import { choices, fewestEpochs, seedRange, storageKey } from './ablation.mjs';
import { readKept, requireSame, writeKept } from './ablationFile.mjs';

const queue = someAblation(['elastic', 'averaging'], 2);

describe('the command line of an ablation', () => {
  it('offers what the page offers, and keeps it where the page does', () => {
    expect(choices).toEqual(ingredients);
    expect(storageKey).toBe(ablationKey(FIRST_SITE));
    expect(seedRange.max).toBe(MOST_RUNS);
    expect(fewestEpochs).toBe(FEWEST_EPOCHS);
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

  it('is refused where it is something else, or of an earlier version', async () => {
    for (const text of ['{"rows":', '[]', '{"rows": 3}', 'null', '{"rows": [], "frame": null}']) {
      await writeFile(join(folder, 'ablation.json'), text);
      await expect(readKept(folder)).rejects.toThrow(/ablation\.json is not what this command/);
    }
    const { conditions: _, ...before } = queue;
    await writeFile(join(folder, 'ablation.json'), JSON.stringify(before));
    await expect(readKept(folder)).rejects.toThrow(/earlier version.*another --out/);
  });

  it('is gone on with where nothing else is asked for', () => {
    requireSame(queue, {}, folder);
    const same = { changes: { steps: 100 }, seeds: 2, trainingImages: 5000, engine: 'auto' };
    requireSame(queue, { ...same, chosen: ['averaging', 'elastic'] }, folder);
  });

  it.each([
    [{ changes: { steps: 600 } }, /with steps 100, not 600/],
    [{ changes: { normalization: 'batch' } }, /with normalization lrn, not batch/],
    [{ seeds: 3 }, /with seeds 2, not 3/],
    [{ trainingImages: 55_000 }, /with trainingImages 5000, not 55000/],
    [{ engine: 'cpu' }, /with engine wasm, not cpu/],
    [{ chosen: ['elastic'] }, /of elastic, averaging/],
  ])('is not mixed with other settings: %o', (asked, refusal) => {
    expect(() => requireSame(queue, asked, folder)).toThrow(refusal);
  });
});
