import { afterEach, describe, expect, it } from 'vitest';
import { startEngine } from './engines.ts';
import { gradientCases, outputAndGradients, relativeError } from './testing/compare.ts';
import { slopeErrors } from './testing/slope.ts';
import { startWithOurKernels } from './webgpu/testing/dropIn/install.ts';

/** Every computation that our networks train with, called by tfjs, against tfjs-cpu. */

const faults: Error[] = [];
const onFault = (problem: Error) => faults.push(problem);
afterEach(() => expect(faults).toEqual([]));

describe('our kernels agree with tfjs-cpu', () => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await startEngine('cpu', onFault);
    const references = await outputAndGradients(gradientCase);

    await startWithOurKernels(onFault);
    const results = await outputAndGradients(gradientCase);

    expect(results).toHaveLength(references.length);
    for (const [i, reference] of references.entries()) {
      expect(relativeError(results[i] ?? new Float32Array(), reference)).toBeLessThan(2e-5);
    }
  });
});

describe('a gradient of ours is the slope of its output', () => {
  it.each(gradientCases)('$name', async (gradientCase) => {
    await startWithOurKernels(onFault);

    for (const error of await slopeErrors(gradientCase)) expect(error).toBeLessThan(2e-3);
  });
});
