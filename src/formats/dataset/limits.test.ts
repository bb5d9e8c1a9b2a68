import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Phrase, WorkbenchError } from '../../util/errors.ts';
import { Misfit } from '../exchange/networkBuilder.ts';
import { limits } from '../testing/limits.ts';

/** What something is refused with: the reason within the sentence, where the sentence has one. */
async function refusalsOf(meet: () => unknown): Promise<readonly string[]> {
  try {
    await meet();
    return [];
  } catch (error) {
    if (error instanceof Misfit) return [error.code];
    if (!(error instanceof WorkbenchError)) throw error;
    const { problem } = error.params;
    return [error.code, ...(typeof problem === 'object' ? [(problem as Phrase).code] : [])];
  }
}

const UNITS = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

function figureIn(words: string): number {
  const unit = UNITS.find(([name]) => words.endsWith(name));
  return Number(words.replace(/ \wiB$/, '').replaceAll(',', '')) * (unit?.[1] ?? 1);
}

const doc = await readFile(new URL('../../../docs/limits.md', import.meta.url), 'utf8');
const rows = [...doc.matchAll(/^[|] (.+?) [|] (.+?) [|] `(.+?)` [|] `(.+?)` [|]/gm)].map(
  ([, what = '', most = '', constant = '', refusal = '']) => ({ what, most, constant, refusal }),
);

describe('the limits that docs/limits.md tells of', () => {
  it('are all that there are', () => {
    expect(rows.map(({ constant }) => constant).sort()).toEqual(Object.keys(limits).sort());
  });

  it.for(rows)('$what: $most', async ({ most, constant, refusal }) => {
    const { value = 0, step = 1, meet, written } = limits[constant] ?? {};
    expect(figureIn(most)).toBe(value);
    if (written) expect(written()).toBeLessThan(value);
    expect(await refusalsOf(() => meet?.(value))).not.toContain(refusal);
    expect(await refusalsOf(() => meet?.(value + step))).toContain(refusal);
  });
});
