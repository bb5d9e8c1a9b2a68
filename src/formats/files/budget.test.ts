import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SET_FILES } from '../../domain/data/dataset.ts';
import { openZip, writeZip } from '../archives/zip.ts';
import { blobs } from '../testing/sameDataset.ts';
import { Budget, MOST_ARCHIVES } from './budget.ts';
import { expandFiles } from './expandFiles.ts';

const zipOf = (entries: Readonly<Record<string, Uint8Array>>) =>
  writeZip(Object.entries(entries).map(([name, bytes]) => ({ name, bytes, deflate: true })));

/** Has every entry of a zip file's directory lie where the first one does. */
function withSharedData(zip: Uint8Array): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  let first: number | undefined;
  for (let at = 0; at + 46 <= copy.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    first ??= at;
    // Checksum and lengths, and where the local header lies.
    copy.copyWithin(at + 16, first + 16, first + 28);
    copy.copyWithin(at + 42, first + 42, first + 46);
  }
  return copy;
}

describe('what one gesture may cost', () => {
  it('is one sum, however the entries are spread over archives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }), (counts) => {
        const budget = new Budget();
        let taken = 0;
        for (const count of counts) {
          taken += count;
          const take = () => budget.takeEntries('a.zip', count, 0);
          if (taken <= MOST_SET_FILES) take();
          else expect(take).toThrow(/a\.zip.*more than 131072 files/);
        }
      }),
    );
  });

  it('counts archives within archives, and those chosen beside one another', async () => {
    const inner = zipOf({ 'a.txt': Uint8Array.of(1) });
    const several = (count: number) =>
      zipOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.zip`, inner])));
    const half = MOST_ARCHIVES / 2;
    const both = { 'a.zip': several(half - 1), 'b.zip': several(half - 1) };
    expect(await expandFiles(blobs(both))).toHaveLength(2 * half - 2);
    const more = expandFiles(blobs({ ...both, 'c.zip': inner }));
    await expect(more).rejects.toMatchObject({ code: 'dataset.budget', params: { file: 'c.zip' } });
  });

  it('counts files that lie in no archive, too', async () => {
    const blob = new Blob([]);
    const loose = Array.from({ length: MOST_SET_FILES + 1 }, (_, i) => ({ name: `${i}`, blob }));
    await expect(expandFiles(loose)).rejects.toMatchObject({
      code: 'dataset.budget',
      params: { problem: { code: 'budget.entries' } },
    });
  });

  it('is not had again by entries that share their bytes', () => {
    const zip = zipOf({ a: new Uint8Array(1e6), b: new Uint8Array(1e6), c: Uint8Array.of(7) });
    expect(openZip('f.zip', zip).names).toEqual(['a', 'b', 'c']);
    expect(() => openZip('f.zip', withSharedData(zip))).toThrow(/f\.zip.*shares bytes/);
  });

  it('ends where the user cancels between two archives', async () => {
    const inner = zipOf({ 'a.txt': Uint8Array.of(1) });
    let pauses = 0;
    const pause = async () => {
      pauses++;
      if (pauses === 4) throw new Error('cancelled');
    };
    await expect(
      expandFiles(blobs({ 'a.zip': zipOf({ 'b.zip': inner, 'c.zip': inner }) }), { pause }),
    ).rejects.toThrow('cancelled');
  });
});
