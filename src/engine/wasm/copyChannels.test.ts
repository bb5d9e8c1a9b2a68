import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KernelLab } from './testing/kernelLab.ts';

const lab = await KernelLab.open();
const some = (max: number) => fc.integer({ min: 0, max });

it('takes channels out of rows and puts them among others, and touches nothing else', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...{ rows: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 9 }) },
        ...{ before: some(5), behind: some(5), toBefore: some(5), toBehind: some(5) },
        threads: fc.integer({ min: 1, max: 3 }),
      }),
      ({ rows, count, before, behind, toBefore, toBehind, threads }) => {
        lab.clear();
        const [channels, toChannels] = [before + count + behind, toBefore + count + toBehind];
        const values = Float32Array.from({ length: rows * channels }, (_, i) => i + 1);
        const others = new Float32Array(rows * toChannels).fill(-1);
        const expected = others.map((other, i) => {
          const [row, c] = [Math.floor(i / toChannels), (i % toChannels) - toBefore];
          return c >= 0 && c < count ? row * channels + before + c + 1 : other;
        });
        const [from, to] = [lab.floats(values), lab.floats(others)];
        const args = [from + 4 * before, channels, to + 4 * toBefore, toChannels, count, rows];
        lab.run('copyChannels', args, threads);
        expect(lab.read(to, expected.length)).toEqual(expected);
      },
    ),
  );
});
