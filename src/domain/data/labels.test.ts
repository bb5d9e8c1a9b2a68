import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptWidth, labelsAt, labelsOf, packLabels, unpackLabels } from './labels.ts';

const wide = fc.uint16Array({ max: 16_383, maxLength: 40 });

describe('labels that are kept', () => {
  it('are read as they were', () => {
    fc.assert(
      fc.property(fc.array(wide, { maxLength: 3 }), (parts) => {
        const width = keptWidth(parts);
        for (const part of parts) {
          const bytes = packLabels(part, width);
          expect(bytes).toHaveLength(width * part.length);
          expect(unpackLabels(bytes, width)).toEqual(part);
        }
      }),
    );
  });

  it('are the bytes that they always were where they fit in these', () => {
    const labels = labelsOf([0, 7, 255]);
    expect(keptWidth([labels, labelsOf([])])).toBe(1);
    expect([...packLabels(labels, 1)]).toEqual([0, 7, 255]);
  });

  it('are two bytes each, the lower first, where one of them does not', () => {
    expect(keptWidth([labelsOf([1]), labelsOf([256])])).toBe(2);
    expect([...packLabels(labelsOf([1, 0x3cd2]), 2)]).toEqual([1, 0, 0xd2, 0x3c]);
  });

  it('are read wherever their bytes begin', () => {
    const all = Uint8Array.of(9, 2, 1, 4, 3);
    expect([...unpackLabels(all.subarray(1), 2)]).toEqual([0x102, 0x304]);
  });
});

it('labels are taken by their places, in their order', () => {
  expect([...labelsAt(labelsOf([300, 5, 7]), Uint32Array.of(2, 0, 2))]).toEqual([7, 300, 7]);
});
