import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normals, pcg4d, permutation, RandomStream, uniformFromBits } from './random.ts';

const uint32 = fc.integer({ min: 0, max: 0xffffffff });

describe('pcg4d', () => {
  // Computed from the paper's listing with Python's unbounded integers, masked to 32 bits.
  it.each([
    { input: [0, 0, 0, 0], expected: [251852841, 760645481, 850445371, 3542436074] },
    { input: [1, 2, 3, 4], expected: [908250390, 4044648920, 3775961919, 45698095] },
    {
      input: [4294967295, 0, 2147483648, 12345],
      expected: [1422525502, 278097411, 2156187441, 3603468420],
    },
    { input: [1, 4, 700, 9], expected: [1034370666, 202759134, 2161182205, 3806501009] },
  ])('hashes $input to $expected', ({ input, expected }) => {
    const [x = 0, y = 0, z = 0, w = 0] = input;
    expect(pcg4d(x, y, z, w)).toEqual(expected);
  });

  it('gives unsigned 32-bit integers', () => {
    fc.assert(
      fc.property(uint32, uint32, uint32, uint32, (x, y, z, w) => {
        for (const bits of pcg4d(x, y, z, w)) {
          expect(Number.isInteger(bits) && bits >= 0 && bits <= 0xffffffff).toBe(true);
        }
      }),
    );
  });

  it('changes about half of its bits when one bit of the input changes', () => {
    let changed = 0;
    const trials = 2000;
    for (let i = 0; i < trials; i++) {
      const [a] = pcg4d(i, 5, 6, 7);
      const [b] = pcg4d(i ^ 1, 5, 6, 7);
      changed += (a ^ b).toString(2).replace(/[^1]/g, '').length;
    }
    expect(changed / trials).toBeGreaterThan(12);
    expect(changed / trials).toBeLessThan(20);
  });
});

describe('uniformFromBits', () => {
  it('stays in [0, 1) and is exact in single precision', () => {
    expect(uniformFromBits(0)).toBe(0);
    expect(uniformFromBits(0xffffffff)).toBeLessThan(1);
    fc.assert(
      fc.property(uint32, (bits) => {
        const value = uniformFromBits(bits);
        expect(Math.fround(value)).toBe(value);
      }),
    );
  });

  it('fills ten bins evenly', () => {
    const draws = 100_000;
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < draws; i++) {
      const [bits] = pcg4d(1, RandomStream.dropout, 3, i);
      const bin = Math.floor(10 * uniformFromBits(bits));
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquared = bins.reduce(
      (sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10),
      0,
    );
    // 9 degrees of freedom: 27.9 is passed once in a thousand.
    expect(chiSquared).toBeLessThan(27.9);
  });
});

describe('normals', () => {
  const draws = normals(1, RandomStream.initialWeights, 0, 200_000);
  const moment = (order: number) => draws.reduce((sum, x) => sum + x ** order, 0) / draws.length;

  it('have mean 0, variance 1, no skew, and the kurtosis of a normal distribution', () => {
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(3))).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
  });

  it('are finite, in any count', () => {
    expect(draws.every(Number.isFinite)).toBe(true);
    expect(normals(1, 1, 1, 0)).toHaveLength(0);
    expect(normals(1, 1, 1, 7)).toHaveLength(7);
  });

  it('do not depend on how many are asked for', () => {
    expect(normals(9, 2, 4, 5)).toEqual(normals(9, 2, 4, 50).slice(0, 5));
  });

  it('are other numbers for another seed, stream or counter; seed 0 is a seed', () => {
    const of = (seed: number, stream: number, counter: number) =>
      normals(seed, stream, counter, 8).join();
    const all = [of(0, 1, 0), of(1, 1, 0), of(0, 2, 0), of(0, 1, 1), of(2, 2, 2)];
    expect(new Set(all).size).toBe(all.length);
    expect(of(0, 1, 0)).toBe(of(0, 1, 0));
  });
});

describe('the streams', () => {
  it('are one a purpose; what has more than one adds multiples of 256', () => {
    const streams = Object.values(RandomStream);
    expect(new Set(streams).size).toBe(streams.length);
    for (const stream of streams) expect(stream).toBeLessThan(256);
  });
});

describe('a permutation', () => {
  it('holds every index once', () => {
    fc.assert(
      fc.property(uint32, uint32, fc.nat(300), (seed, counter, count) => {
        const order = permutation(seed, RandomStream.shuffle, counter, count);
        expect([...order].sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, i) => i),
        );
      }),
    );
  });

  it('brings every index to every place equally often', () => {
    const trials = 6000;
    const places = new Array<number>(36).fill(0);
    for (let trial = 0; trial < trials; trial++) {
      const order = permutation(trial, RandomStream.shuffle, 0, 6);
      for (const [place, index] of order.entries()) {
        places[6 * place + index] = (places[6 * place + index] ?? 0) + 1;
      }
    }
    // Each of the 36 counts is binomial with mean 1000 and sd 29.
    for (const count of places) expect(Math.abs(count - trials / 6)).toBeLessThan(5 * 29);
  });

  it('differs between seeds 0 and 1, between streams and between epochs', () => {
    const of = (seed: number, stream: number, epoch: number) =>
      permutation(seed, stream, epoch, 50).join();
    const { shuffle, split } = RandomStream;
    const all = [of(0, shuffle, 0), of(1, shuffle, 0), of(0, split, 0), of(0, shuffle, 1)];
    expect(new Set(all).size).toBe(all.length);
  });
});
