import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { datasetStatistics } from '../../domain/data/datasetStatistics.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { atOnce, inSteps, PORTION, portions, type Steps } from '../../util/steps.ts';
import { interleavedPixels } from '../arrays/arrayImages.ts';
import { transposed } from '../arrays/emnist.ts';
import { inCOrder } from '../arrays/npyOrder.ts';
import { assembleDataset } from '../dataset/assembleDataset.ts';
import { pixelNumbers, pixelsAsBytes } from '../dataset/pixelNumbers.ts';
import { ReadingProgress } from '../dataset/readingProgress.ts';
import { settled } from '../dataset/settled.ts';
import { stretched, whiteOf } from '../dataset/stretched.ts';

const SIDE = 32;
const AREA = SIDE * SIDE;
const COUNT = (3 * PORTION) / AREA;
const shape = { height: SIDE, width: SIDE, channels: 1 };
const dark = { shape, count: COUNT, pixels: new Uint8Array(COUNT * AREA) };
const lit = { ...dark, pixels: dark.pixels.map((_, i) => (i % AREA === 0 ? 7 : 0)) };
const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % 2);
const part = { file: 'a', labels, ...dark };
const train: LabelledImages = { ...dark, labels };
const none: LabelledImages = {
  shape,
  count: 0,
  pixels: dark.pixels.slice(0, 0),
  labels: part.labels.slice(0, 0),
};
const floats = pixelNumbers(
  'a',
  { kind: 'f', itemBytes: 4, littleEndian: true },
  new Uint8Array(12 * PORTION),
);
const assume = () => undefined;
const context = { choices: {}, assume, progress: new ReadingProgress(0, {}) };
const set = { name: 'a', source: 'IDX' as const, classNames: ['0', '1'], train, test: none };

/** Whatever goes over all pixels of a set, which may be a thousand million. */
const works: Readonly<Record<string, () => Steps<unknown>>> = {
  'the range of numbers, and bytes made of them': () => pixelsAsBytes([floats], assume),
  'the lightest value': () => whiteOf([dark]),
  'images that reach it': () => whiteOf([lit]),
  stretching: () => stretched(dark, 7),
  resampling: () => {
    const large = { height: 128, width: 128, channels: 1 };
    return assembleDataset({
      ...{ name: 'a', source: 'IDX' },
      train: { ...part, shape: large, count: COUNT / 16, labels: labels.slice(0, COUNT / 16) },
    });
  },
  turning: () => transposed(dark.pixels, COUNT, shape),
  'planes of colours': () =>
    interleavedPixels(dark.pixels, [COUNT, 3, SIDE, SIDE], { ...shape, channels: 3 }),
  "Fortran's order": () => inCOrder(dark.pixels, [COUNT, SIDE, SIDE], 1),
  statistics: () => datasetStatistics(set),
  'whether there is anything to be learned from a set': () => settled(set, ['a'], context),
};

describe('work on all pixels of a set', () => {
  it.each(Object.entries(works))(
    'is done in pieces, and ends between them: %s',
    async (_, work) => {
      let pieces = 0;
      await inSteps(work(), async () => {
        pieces++;
      });
      expect(pieces).toBeGreaterThanOrEqual(2);
      pieces = 0;
      const cancelled = inSteps(work(), async () => {
        if (++pieces === 2) throw new WorkbenchError('dataset.cancelled');
      });
      await expect(cancelled).rejects.toThrow(WorkbenchError);
      expect(pieces).toBe(2);
    },
  );

  it('comes to the same, at once or in pieces', async () => {
    const pixels = Uint8Array.from({ length: 2 * PORTION + 7 }, (_, i) => i % 8);
    const images = { shape: { ...shape, height: 1, width: 1 }, count: pixels.length, pixels };
    const expected = pixels.map((value) => Math.round((value * 255) / 7));
    expect(Buffer.compare(atOnce(stretched(images, 7)).pixels, expected)).toBe(0);
    const inPieces = await inSteps(stretched(images, 7), async () => undefined);
    expect(Buffer.compare(inPieces.pixels, expected)).toBe(0);
  });
});

it('portions are all there is, each once, in their order', () => {
  for (const [count, cost] of [
    [0, 1],
    [1, 2 * PORTION],
    [PORTION + 1, 1],
    [1000, 5000],
  ] as const) {
    let behind = 0;
    for (const [from, to] of portions(count, cost)) {
      expect(from).toBe(behind);
      expect(to).toBeGreaterThan(from);
      expect((to - from) * cost <= PORTION || to - from === 1).toBe(true);
      behind = to;
    }
    expect(behind).toBe(count);
  }
});
