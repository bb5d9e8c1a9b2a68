import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchOrder } from './batches.ts';

/** Images 1000, 1003, 1006 ... so that places and indices cannot be confused. */
const imagesOf = (count: number) => Uint32Array.from({ length: count }, (_, i) => 1000 + 3 * i);
const rising = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

describe('the order of batches', () => {
  it('shows every image once an epoch, the last batch short', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, fc.nat(5), fc.nat(), (count, batchSize, epoch, seed) => {
        const order = new BatchOrder(imagesOf(count), batchSize, seed);
        const first = epoch * order.stepsPerEpoch;
        const batches = Array.from({ length: order.stepsPerEpoch }, (_, i) =>
          order.batch(first + i),
        );
        expect(rising(batches.flatMap((batch) => [...batch]))).toEqual([...imagesOf(count)]);
        for (const batch of batches.slice(0, -1)) expect(batch).toHaveLength(batchSize);
        expect(batches.at(-1)).toHaveLength(count % batchSize || batchSize);
      }),
    );
  });

  it('is the same whichever step is asked for first', () => {
    const forwards = new BatchOrder(imagesOf(50), 8, 3);
    const expected = Array.from({ length: 40 }, (_, step) => forwards.batch(step));
    for (let step = 39; step >= 0; step--) {
      expect(new BatchOrder(imagesOf(50), 8, 3).batch(step)).toEqual(expected[step]);
      expect(forwards.batch(step)).toEqual(expected[step]);
    }
  });

  it('differs from epoch to epoch and from seed to seed', () => {
    const epochOf = (seed: number, epoch: number) =>
      new BatchOrder(imagesOf(50), 50, seed).batch(epoch);
    expect(epochOf(1, 0)).not.toEqual(epochOf(1, 1));
    expect(epochOf(1, 0)).not.toEqual(epochOf(0, 0));
  });

  it('is not spoilt by who changes a batch', () => {
    const order = new BatchOrder(imagesOf(10), 4, 1);
    order.batch(0).fill(0);
    expect(order.batch(0)).toEqual(new BatchOrder(imagesOf(10), 4, 1).batch(0));
  });

  it('has 550 steps an epoch in the tutorial', () => {
    expect(new BatchOrder(imagesOf(55_000), 100, 1).stepsPerEpoch).toBe(550);
  });
});
