import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from './engines.ts';
import { gradientCases, outputAndGradients, relativeError } from './testing/compare.ts';
import { slopeErrors } from './testing/slope.ts';
import { tf } from './tf.ts';

/** Every computation that our networks train with, in a real browser, against tfjs-cpu. */

const faults: Error[] = [];

beforeAll(async () => {
  const { adapter } = await startEngine('webgpu', (problem) => faults.push(problem));
  expect(adapter, 'a WebGPU adapter answers').toBeDefined();
});

describe.each(['webgpu', 'wasm'] as const)('%s agrees with tfjs-cpu', (engine) => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await startEngine('cpu', (problem) => faults.push(problem));
    const references = await outputAndGradients(gradientCase);

    await startEngine(engine, (problem) => faults.push(problem));
    expect(tf.getBackend()).toBe(engine);
    const results = await outputAndGradients(gradientCase);

    expect(results).toHaveLength(references.length);
    for (const [i, reference] of references.entries()) {
      expect(relativeError(results[i] ?? new Float32Array(), reference)).toBeLessThan(2e-5);
    }
    expect(faults).toEqual([]);
  });
});

describe('a gradient of the webgpu engine is the slope of its output', () => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await startEngine('webgpu', (problem) => faults.push(problem));

    for (const error of await slopeErrors(gradientCase)) expect(error).toBeLessThan(2e-3);
    expect(faults).toEqual([]);
  });
});
