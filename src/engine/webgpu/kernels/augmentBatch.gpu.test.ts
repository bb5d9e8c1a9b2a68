import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentShapeOf, drawAugmentations } from '../../../domain/augment/draw.ts';
import { gatherAugmented } from '../../../domain/augment/gatherAugmented.ts';
import { PARAMETERS } from '../../../domain/augment/parameters.ts';
import { startEngine } from '../../engines.ts';
import { augmentCases } from '../../testing/augmentCases.ts';
import { runOnDevice } from '../testing/runOnDevice.ts';
import { augmentBatch } from './augmentBatch.ts';

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

const SCALING = { offset: 33.3, factor: 1 / 78.5 };
const STEP = 7;
/** Rows of the batch without an image. */
const ABSENT = 2;

/** Whole words that hold these bytes, the lowest first. */
function asWords(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(bytes.length / 4));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

describe('the varied batch', () => {
  it('is that of the plain form, whatever varies, and zeros behind its last image', async () => {
    await fc.assert(
      fc.asyncProperty(augmentCases, async ({ plan, images, indices }) => {
        const { height, width, channels } = plan.shape;
        const values = indices.length * height * width * channels;
        const expected = new Float32Array(values);
        const set = { ...images, shape: plan.shape, count: images.labels.length };
        gatherAugmented(set, indices, plan, STEP, SCALING, expected);
        const batch = indices.length + ABSENT;
        const variations = new Float32Array(batch * PARAMETERS);
        drawAugmentations(plan, STEP, indices.length, variations);
        const order = new Uint32Array(batch);
        order.set(indices);

        const augment = augmentShapeOf(plan);
        const held = await runOnDevice(augmentBatch({ batch, augment, ...SCALING }), {
          operands: { pixels: asWords(images.pixels), order, variations },
          outputs: { x: batch * height * width * channels },
          step: { count: indices.length },
        });

        // Places are f32 here and f64 there: a reading differs by its slope times 1e-5 of a pixel.
        for (const [i, value] of held('x').subarray(0, values).entries()) {
          const bytes = Math.abs(value - (expected[i] ?? Number.NaN)) / SCALING.factor;
          expect(bytes).toBeLessThan(0.05);
        }
        expect(
          held('x')
            .subarray(values)
            .every((value) => value === 0),
        ).toBe(true);
      }),
      { numRuns: 30, seed: SEED },
    );
  });
});

/** That of `scripts/lib/seedPropertyTests.mjs`, which reads the environment that browsers lack. */
const SEED = 1;
