import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gatherLabels, gatherScaled, type Scaling } from '../../domain/recipe/scaling.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const bytesIn = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

const lab = await KernelLab.open();

it('gathering a batch gives the bits of gatherScaled and the labels', () => {
  const cases = fc
    .record({ count: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 21 }) })
    .chain(({ count, width }) =>
      fc.record({
        shape: fc.constant({ height: 1, width, channels: 1 }),
        count: fc.constant(count),
        pixels: fc.uint8Array({ minLength: count * width, maxLength: count * width }),
        labels: fc.uint16Array({ minLength: count, maxLength: count }),
        indices: fc.uint32Array({ min: 0, max: count - 1, minLength: 1, maxLength: 7 }),
        threads: fc.integer({ min: 1, max: 3 }),
      }),
    );
  const scaling: Scaling = { kind: 'standard', offset: 33.318421, factor: 1 / 78.567 };
  fc.assert(
    fc.property(cases, ({ indices, threads, ...images }) => {
      lab.clear();
      const bytes = images.shape.width;
      const expected = new Float32Array(indices.length * bytes);
      gatherScaled(images, indices, scaling, expected);
      const table = Float32Array.from(
        { length: 256 },
        (_, byte) => (byte - scaling.offset) * scaling.factor,
      );
      const data = [images.pixels, images.labels, indices].map(bytesIn).map((values) => {
        const at = lab.bytes(values.length);
        lab.writeBytes(at, values);
        return at;
      });
      const x = lab.result(expected.length);
      const labels = lab.bytes(2 * indices.length);

      const args = [...data, lab.floats(table), x, labels, indices.length, bytes];
      lab.run('gatherBatch', args, threads);

      expect(lab.read(x, expected.length)).toEqual(expected);
      expect(slackBehind(lab, x, expected.length)).toEqual(UNTOUCHED);
      expect(lab.readHalves(labels, indices.length)).toEqual(gatherLabels(images, indices));
      expect(lab.readBytes(labels + 2 * indices.length, 32)).toEqual(UNTOUCHED);
    }),
  );
});
