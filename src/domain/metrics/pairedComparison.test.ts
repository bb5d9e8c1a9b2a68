import { describe, expect, it } from 'vitest';
import type { KeptEvaluation } from './keptEvaluation.ts';
import { pairedComparison } from './pairedComparison.ts';
import { jointCounts, rightBits } from './rightBits.ts';

const IMAGES = 50;

/** An evaluation that read the images of these numbers right, from the first up to the second. */
function reading(from: number, to: number, changes: Partial<KeptEvaluation> = {}): KeptEvaluation {
  const truths = new Uint16Array(IMAGES).fill(3);
  const predictions = truths.map((truth, i) => (i >= from && i < to ? truth : 4));
  return {
    ...{ step: 1, datasetName: 'Set', datasetId: 'set', loss: 1, accuracy: (to - from) / IMAGES },
    ...{ images: IMAGES, shape: { height: 1, width: 1, channels: 1 } },
    ...{ classNames: [], mistakes: [], right: rightBits(truths, predictions) },
    ...changes,
  };
}

describe('which images were read right', () => {
  it('is a bit an image', () => {
    const truths = Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const predictions = Uint16Array.of(1, 0, 3, 0, 0, 0, 0, 8, 9);
    expect([...rightBits(truths, predictions)]).toEqual([0b1000_0101, 0b1]);
  });

  it('is counted of two', () => {
    expect(jointCounts(Uint8Array.of(0b1100, 0xff), Uint8Array.of(0b1010, 0x0f))).toEqual({
      ...{ both: 5, onlyFirst: 5, onlySecond: 1 },
    });
  });
});

describe('two networks on the same images', () => {
  it('differ by what one of them alone reads right', () => {
    // Newcombe 1998, Statistics in Medicine 17, 2635-2650: 36 both, 12 and 2 in one alone, 0 neither.
    const compared = pairedComparison(reading(0, 48), reading(12, 50));
    expect(compared).toMatchObject({ both: 36, onlyFirst: 12, onlySecond: 2, images: 50 });
    expect(compared?.difference.mean).toBeCloseTo(0.2, 12);
    expect(compared?.difference.low).toBeCloseTo(0.0569, 4);
    expect(compared?.difference.high).toBeCloseTo(0.3404, 4);
    // 2 (1 + 14 + 91) / 2^14
    expect(compared).toMatchObject({ p: 212 / 16_384, method: 'exact' });
  });

  it.each<[string, Partial<KeptEvaluation>]>([
    ['another set', { datasetId: 'other' }],
    ['other images', { images: 49 }],
  ])('are not compared on %s', (_, changes) => {
    expect(pairedComparison(reading(0, 48), reading(0, 48, changes))).toBeUndefined();
    expect(pairedComparison(reading(0, 48, changes), reading(0, 48))).toBeUndefined();
  });

  it('are not compared where their set, or what they read right, is not known', () => {
    const { datasetId: _, ...unknown } = reading(0, 48);
    expect(pairedComparison(unknown, unknown)).toBeUndefined();
    const { right: __, ...older } = reading(0, 48);
    expect(pairedComparison(older, reading(0, 48))).toBeUndefined();
  });
});
