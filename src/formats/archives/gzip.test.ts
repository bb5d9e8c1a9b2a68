import { constants, deflateRawSync, gzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../util/testing/cpuMs.ts';
import { codeOf, expectSafe, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { inflatedBytes } from '../testing/inflatedBytes.ts';
import { crc32 } from './crc32.ts';
import { inflate, inflateHead, isGzip } from './gzip.ts';

const MEGABYTE = 1_000_000;
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
describe('inflate', () => {
  it('gives back what gzip took', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(inflate('f', gz(bytes), bytes.length)).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('goes over many pieces', () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7);
    expect(Buffer.compare(inflate('f', gz(bytes), MEGABYTE), bytes)).toBe(0);
  });

  it('joins members, as gzip itself does', () => {
    const [a, b, c] = [Uint8Array.of(1, 2), new Uint8Array(50_000).fill(9), Uint8Array.of(3)];
    const file = Buffer.concat([gz(a), gz(b), gz(c)]);
    expect(inflate('f', file, MEGABYTE)).toEqual(Uint8Array.from([...a, ...b, ...c]));
    expect(codeOf(() => inflate('f', file, 50_002))).toBe('gzip.tooLarge');
  });

  it('names the file that is cut off, at every byte', () => {
    const file = gz(Uint8Array.from({ length: 500 }, (_, i) => (i * 7) % 31));
    for (let length = 0; length < file.length; length++) {
      expect(codeOf(() => inflate('f', file.subarray(0, length), MEGABYTE))).toBe('gzip.corrupt');
    }
    expect(() => inflate('digits.gz', file.subarray(0, 40), MEGABYTE)).toThrow(
      'digits.gz cannot be inflated: it is not a complete gzip file. Download it again.',
    );
  });

  it('notices every altered bit of the data and of the trailer that matters', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 31);
    const file = gz(bytes);
    let unnoticed = 0;
    for (let bit = 8 * 10; bit < 8 * file.length; bit++) {
      const altered = file.slice();
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = codeOf(() => expect(inflate('f', altered, MEGABYTE)).toEqual(bytes));
      if (code === 'accepted') unnoticed++;
      else expect(code).toBe('gzip.corrupt');
    }
    // Only the bits that fill up the last byte of the compressed data mean nothing.
    expect(unnoticed).toBeLessThan(8);
  });

  it('refuses bytes behind the end', () => {
    const file = gz(Uint8Array.of(1, 2, 3));
    for (const extra of [1, 3, 20]) {
      const longer = Buffer.concat([file, Buffer.alloc(extra)]);
      expect(codeOf(() => inflate('f', longer, MEGABYTE))).toBe('gzip.corrupt');
    }
  });

  it('accepts exactly the limit', () => {
    const bytes = new Uint8Array(MEGABYTE);
    expect(inflate('f', gz(bytes), MEGABYTE)).toHaveLength(MEGABYTE);
    expect(codeOf(() => inflate('f', gz(bytes), MEGABYTE - 1))).toBe('gzip.tooLarge');
  });

  it('stops 10 MB that would inflate to 10 GB at its limit, not at its end', () => {
    const piece = deflateRawSync(new Uint8Array(MEGABYTE), { finishFlush: constants.Z_SYNC_FLUSH });
    const header = Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
    const bomb = Buffer.concat([header, ...new Array<Buffer>(10_000).fill(piece)]);
    const before = process.memoryUsage().arrayBuffers;
    const start = process.cpuUsage();
    expect(codeOf(() => inflate('f', bomb, 50 * MEGABYTE))).toBe('gzip.tooLarge');
    expect(cpuMs(start)).toBeLessThan(2000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * MEGABYTE);
  });

  it('ends in bytes or in a sentence, whatever it is given', ({ task }) => {
    const valid = gz(Uint8Array.from({ length: 400 }, (_, i) => (i * 5) % 17));
    const headed = fc
      .uint8Array({ maxLength: 300 })
      .map((tail) => Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...tail));
    fc.assert(
      fc.property(fc.oneof(mutationsOf(valid), headed, fc.uint8Array()), (bytes) => {
        expectSafe(() => inflate('f', bytes, MEGABYTE));
        expectSafe(() => inflateHead(bytes, 16));
      }),
      { numRuns: fuzzRuns(2000) },
    );
    noteInputs(task, 'gzip', fuzzRuns(2000));
  });
});

describe('inflateHead', () => {
  it('gives the first bytes without inflating the rest', () => {
    const bytes = Uint8Array.from({ length: 5 * MEGABYTE }, (_, i) => i % 251);
    expect(inflateHead(gz(bytes), 16)).toEqual(bytes.subarray(0, 16));
    expect(inflateHead(gz(bytes.subarray(0, 5)), 16)).toEqual(bytes.subarray(0, 5));
    expect(inflateHead(Uint8Array.of(0x1f, 0x8b, 1), 16)).toHaveLength(0);
  });

  it.each([16, 512, 4096])('inflates little for %d bytes', (count) => {
    const zeros = gz(new Uint8Array(50 * MEGABYTE));
    const bytes = inflatedBytes(() =>
      expect(inflateHead(zeros, count)).toEqual(new Uint8Array(count)),
    );
    expect(bytes).toBeLessThan(count + 2 ** 17);
  });
});

describe('isGzip', () => {
  it('knows gzip by its first two bytes', () => {
    expect(isGzip(gz(new Uint8Array(1)))).toBe(true);
    expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
    expect(isGzip(new Uint8Array(0))).toBe(false);
  });
});

describe('crc32', () => {
  it("is zlib's, also in pieces", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const whole = Buffer.concat([a, b]);
        expect(crc32(whole)).toBe(zlibCrc32(whole));
        expect(crc32(b, crc32(a))).toBe(zlibCrc32(whole));
      }),
    );
  });
});
