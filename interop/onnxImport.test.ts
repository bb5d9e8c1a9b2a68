import { beforeAll, describe, expect, it } from 'vitest';
import { importModel } from '../src/formats/weights/importModel.ts';
import { agreement } from './lib/agreement.ts';
import { encodings, flattenings, foreignClasses, foreignGraph } from './lib/foreignGraph.ts';
import { ownLogits, testImages } from './lib/models.ts';
import { openRuntime } from './onnxruntime/runtime.ts';

const IMAGES = 200;

let runtime: Awaited<ReturnType<typeof openRuntime>>;
let images: Uint8Array;
beforeAll(async () => {
  runtime = await openRuntime();
  images = await testImages(IMAGES);
});

describe('a network that another program has written as ONNX', () => {
  it.each([
    ...encodings.map((encoding) => ({ encoding, flattening: flattenings[0] })),
    ...flattenings.map((flattening) => ({ encoding: encodings[0], flattening })),
  ])('reads images here as in onnxruntime: $encoding, $flattening', async (style) => {
    const file = foreignGraph(style);
    const model = await importModel('theirs.onnx', file);
    const session = await runtime.open(file);
    const scaled = Float32Array.from(images, (byte) => byte / 255);
    const { logits } = await session.run({ x: runtime.floats(scaled, [IMAGES, 1, 28, 28]) });
    const own = await ownLogits(model, images);
    const { relativeDifference, otherLabels } = agreement(own, logits?.data ?? [], foreignClasses);
    expect(relativeDifference).toBeLessThan(1e-4);
    expect(otherLabels).toBe(0);
  });
});
