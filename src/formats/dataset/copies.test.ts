import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { expandFiles } from '../files/expandFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { withoutCopies } from './copies.ts';
import { ReadingProgress } from './readingProgress.ts';

/** So much may come out between two pauses: well under a tenth of a second of work. */
const MOST_BETWEEN = 2 ** 22;
const CONTENT_BYTES = 2 ** 25;

describe('looking for copies', () => {
  const packed = gzipSync(new Uint8Array(CONTENT_BYTES));
  const packings = {
    'gzip files': { 'a.gz': packed, 'b.gz': packed },
    'a zip file': {
      'a.zip': zipSync({ a: new Uint8Array(CONTENT_BYTES), b: new Uint8Array(CONTENT_BYTES) }),
    },
    'gzip files in a zip file': { 'a.zip': zipSync({ 'a.gz': packed, 'b.gz': packed }) },
  };

  it.each(Object.entries(packings))(
    'lets messages in, and ends when it is told to, in %s',
    async (_, files) => {
      const expanded = await expandFiles(blobs(files));
      const recognised = expanded.map((file) => ({ file, kind: 'IDX' as const }));
      const assume = () => undefined;
      let pauses = 0;
      let untilEnd = Number.POSITIVE_INFINITY;
      const progress = Object.assign(new ReadingProgress(0, {}), {
        advance: async () => {
          if (++pauses > untilEnd) throw new Error('cancelled');
        },
      });
      expect(await withoutCopies(recognised, { assume, progress })).toHaveLength(1);
      expect(pauses).toBeGreaterThan((2 * CONTENT_BYTES) / MOST_BETWEEN);
      [pauses, untilEnd] = [0, 3];
      await expect(withoutCopies(recognised, { assume, progress })).rejects.toThrow('cancelled');
    },
  );
});
