import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KernelLab } from './testing/kernelLab.ts';

const lab = await KernelLab.open();
const small = fc.integer({ min: 1, max: 5 });

it('padding puts every pixel in its place and zeros elsewhere', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...{ batch: small, height: small, width: small, channels: small },
        ...{ top: fc.integer({ min: 0, max: 3 }), left: fc.integer({ min: -1, max: 3 }) },
        dilation: fc.integer({ min: 1, max: 3 }),
        threads: fc.integer({ min: 1, max: 3 }),
      }),
      ({ batch, height, width, channels, top, left, dilation, threads }) => {
        lab.clear();
        const [paddedHeight, paddedWidth] = [height * dilation + top, width * dilation + 1];
        const values = Float32Array.from(
          { length: batch * height * width * channels },
          (_, i) => i + 1,
        );
        const expected = new Float32Array(batch * paddedHeight * paddedWidth * channels);
        for (const [i, value] of values.entries()) {
          const [c, x] = [i % channels, Math.floor(i / channels) % width];
          const y = Math.floor(i / channels / width) % height;
          const n = Math.floor(i / channels / width / height);
          const [toY, toX] = [top + y * dilation, left + x * dilation];
          if (toX < 0 || toX >= paddedWidth || toY >= paddedHeight) continue;
          expected[((n * paddedHeight + toY) * paddedWidth + toX) * channels + c] = value;
        }
        const to = lab.result(expected.length);
        const extents = [batch, height, width, channels];
        const placing = [top, left, dilation, paddedHeight, paddedWidth];
        lab.run('padImages', [lab.floats(values), to, ...extents, ...placing], threads);
        expect(lab.read(to, expected.length)).toEqual(expected);
      },
    ),
  );
});
