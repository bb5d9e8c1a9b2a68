import { beforeAll, describe, expect, it, vi } from 'vitest';
import { writeOnnx } from '../src/formats/onnx/writeOnnx.ts';
import { agreement } from './lib/agreement.ts';
import { modelCalled, modelNames, ownLogits, testImages } from './lib/models.ts';
import { openRuntime } from './onnxruntime/runtime.ts';

const IMAGES = 1000;
const largestDifference = 1e-3;

let runtime: Awaited<ReturnType<typeof openRuntime>>;
let images: Uint8Array;
beforeAll(async () => {
  runtime = await openRuntime();
  images = await testImages(IMAGES);
});

describe.each(modelNames)('onnxruntime, given %s', (name) => {
  it('reads a thousand raw images as the workbench does, and warns of nothing', async () => {
    const warn = vi.spyOn(console, 'warn');
    const error = vi.spyOn(console, 'error');
    const model = modelCalled(name);
    const session = await runtime.open(writeOnnx(model));
    const { logits, probabilities } = await session.run({
      images: runtime.bytes(images, [IMAGES, 28, 28, 1]),
    });
    const own = await ownLogits(model, images);
    const { relativeDifference, otherLabels } = agreement(own, logits?.data ?? [], 10);
    expect(relativeDifference).toBeLessThan(largestDifference);
    expect(otherLabels).toBe(0);
    const ofFirst = Array.from(probabilities?.data.subarray(0, 10) ?? []);
    expect(ofFirst.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect([warn.mock.calls, error.mock.calls]).toEqual([[], []]);
  });
});
