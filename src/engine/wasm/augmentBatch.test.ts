import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentImage } from '../../domain/augment/augmentImage.ts';
import { type AugmentPlan, augmentShapeOf, drawAugmentations } from '../../domain/augment/draw.ts';
import { PARAMETERS } from '../../domain/augment/parameters.ts';
import { augmentCases } from '../testing/augmentCases.ts';
import { augmentScratchBytes } from './scratch.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const bytesIn = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

const lab = await KernelLab.open();
const SCALING = { offset: 33.3, factor: 1 / 78.5 };

/** What the kernel makes of a batch, as bytes again. */
function vary(
  plan: AugmentPlan,
  images: { pixels: Uint8Array; labels: Uint16Array },
  indices: Uint32Array,
  threads: number,
) {
  lab.clear();
  const { height, width, channels } = plan.shape;
  const values = indices.length * height * width * channels;
  const data = [images.pixels, images.labels, indices].map(bytesIn).map((bytes) => {
    const at = lab.bytes(bytes.length);
    lab.writeBytes(at, bytes);
    return at;
  });
  const drawn = new Float32Array(indices.length * PARAMETERS);
  drawAugmentations(plan, 7, indices.length, drawn);
  const parameters = lab.floats(drawn);
  const x = lab.result(values);
  const labels = lab.bytes(2 * indices.length);
  const { bends, thickens } = augmentShapeOf(plan);
  const scratchBytes = augmentScratchBytes(plan.shape);
  lab.run(
    'augmentBatch',
    [
      ...[...data, parameters, x, labels, indices.length, height, width, channels],
      ...[Number(bends), Number(thickens), SCALING.offset, SCALING.factor],
      ...[lab.bytes(threads * scratchBytes), scratchBytes],
    ],
    threads,
  );
  expect(slackBehind(lab, x, values)).toEqual(UNTOUCHED);
  const bytes = lab.read(x, values).map((value) => value / SCALING.factor + SCALING.offset);
  return { bytes, labels: lab.readHalves(labels, indices.length), drawn };
}

describe('the varied batch', () => {
  it('is that of the plain form, whatever varies and whatever the number of threads', () => {
    fc.assert(
      fc.property(
        augmentCases,
        fc.integer({ min: 1, max: 3 }),
        ({ plan, images, indices }, threads) => {
          const { bytes, labels, drawn } = vary(plan, images, indices, threads);
          const imageBytes = images.pixels.length / images.labels.length;
          const expected = new Float32Array(imageBytes);
          for (const [n, index] of indices.entries()) {
            const source = images.pixels.subarray(index * imageBytes, (index + 1) * imageBytes);
            const parameters = drawn.subarray(n * PARAMETERS, (n + 1) * PARAMETERS);
            augmentImage(augmentShapeOf(plan), source, parameters, expected);
            const made = bytes.subarray(n * imageBytes, (n + 1) * imageBytes);
            // Places are f32 here and f64 there: a reading differs by its slope times 1e-5 of a pixel.
            for (const [i, byte] of made.entries())
              expect(Math.abs(byte - (expected[i] ?? 0))).toBeLessThan(0.05);
            expect(labels[n]).toBe(images.labels[index]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
