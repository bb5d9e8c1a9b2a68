import { beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../../util/assert.ts';
import { startEngine } from '../../engines.ts';
import { relativeError, sampleValues } from '../../testing/compare.ts';
import { runOnDevice } from '../testing/runOnDevice.ts';
import { batchMetrics } from './batchMetrics.ts';
import { columnSums } from './columnSums.ts';
import { squareSum } from './gradientNorm.ts';

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

/** Sums of numbers of both signs would come out near zero, with any error. */
const positive = (shape: number[]) => sampleValues(shape, 1).map(Math.abs);

describe.each([
  ['software', true],
  ['hardware', false],
])('sums as %s adapters do them', (_, software) => {
  it.each([1, 63, 64, 65, 1000])('are right of the figures of %i images', async (batch) => {
    const figures = positive([2 * batch]);
    const shape = { batch, slots: 3 };
    const run = { operands: { figures, metrics: new Float32Array(6).fill(7) } };
    const step = { count: batch, slot: 1 };
    const once = async () =>
      (await runOnDevice(batchMetrics(shape, { software }), { ...run, step }))('metrics');
    const metrics = await once();
    const means = [0, 1].map((part) => sumOf(figures.filter((_, i) => i % 2 === part)) / batch);
    expect(relativeError(metrics, Float32Array.of(7, 7, ...means, 7, 7))).toBeLessThan(1e-5);
    expect(await once()).toEqual(metrics);
  });

  it.each([
    [65, 3],
    [1000, 12],
    [64 * 512 + 1, 1],
    [5000, 96],
  ])('are right of %i rows of %i columns', async (rows, columns) => {
    const x = positive([rows, columns]);
    const expected = new Float64Array(columns);
    for (const [i, value] of x.entries()) {
      expected[i % columns] = at(expected, i % columns) + value;
    }
    const operation = columnSums(rows, columns, { software });
    const held = await runOnDevice(operation, { operands: { x }, outputs: { sums: columns } });
    expect(relativeError(held('sums'), Float32Array.from(expected))).toBeLessThan(1e-5);
  });

  it.each([7, 70_003])('are right of the squares of %i elements', async (size) => {
    const g = sampleValues([size], 5);
    const squares = Float32Array.of(1, 2, 3);
    const held = await runOnDevice(squareSum(size, 1, 3, { software }), {
      operands: { g, squares },
    });
    const expected = Float32Array.of(1, sumOf(g.map((value) => value * value)), 3);
    expect(relativeError(held('squares'), expected)).toBeLessThan(1e-5);
  });
});
