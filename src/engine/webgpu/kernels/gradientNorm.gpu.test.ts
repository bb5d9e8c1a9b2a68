import { beforeAll, describe, expect, it } from 'vitest';
import { ADAM } from '../../../domain/recipe/optimizerRule.ts';
import { startEngine } from '../../engines.ts';
import { sampleValues } from '../../testing/compare.ts';
import { runOnDevice } from '../testing/runOnDevice.ts';
import { clipFactor, squareSum } from './gradientNorm.ts';
import { optimizerUpdate } from './optimizer.ts';

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

const squareOf = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);

describe('clipping by the global norm', () => {
  it.each([1, 7, 64, 1000, 70_003])(
    'sums the squares of %i elements into its slot',
    async (size) => {
      const g = sampleValues([size], 5);
      const squares = Float32Array.of(1, 2, 3);
      const result = await runOnDevice(squareSum(size, 1, 3), { operands: { g, squares } });
      expect(Array.from(result('squares'))).toEqual([1, expect.any(Number), 3]);
      expect((result('squares')[1] ?? 0) / squareOf(g)).toBeCloseTo(1, 5);
    },
  );

  it.each([
    { maxNorm: 2.5, expected: 0.5 },
    { maxNorm: 50, expected: 1 },
  ])('to $maxNorm shortens gradients of length 5 by $expected', async ({ maxNorm, expected }) => {
    const operands = { squares: Float32Array.of(9, 16), factor: Float32Array.of(7) };
    const result = await runOnDevice(clipFactor(2, maxNorm), { operands });
    expect(result('factor')[0]).toBeCloseTo(expected, 6);
  });

  it('leaves gradients of zero as they are', async () => {
    const operands = { squares: Float32Array.of(0), factor: Float32Array.of(7) };
    const result = await runOnDevice(clipFactor(1, 1), { operands });
    expect(result('factor')[0]).toBe(1);
  });

  it('is what the update takes', async () => {
    const operands = {
      ...{ w: Float32Array.of(1), g: Float32Array.of(4) },
      ...{ m: Float32Array.of(0), v: Float32Array.of(0) },
      factor: Float32Array.of(0.25),
    };
    const update = optimizerUpdate(1, ADAM, { clipped: true });
    const result = await runOnDevice(update, { operands, step: { rate: 0.5 } });
    expect(result('m')[0]).toBeCloseTo(1 - ADAM.beta1, 6);
    expect(result('v')[0]).toBeCloseTo(1 - ADAM.beta2, 6);
  });
});
