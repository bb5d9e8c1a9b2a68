import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskStream, maskThreshold } from '../maskPlan.ts';
import { sampleValues } from '../testing/compare.ts';
import { dropoutMask } from '../tfjs/dropoutMask.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const word = fc.integer({ min: 0, max: 4_294_967_295 });

it('dropout multiplies by the mask of the reference, to the bit', () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1000, max: 3000 })),
        rate: fc.oneof(fc.constantFrom(0, 0.5), fc.double({ min: 0, max: 0.999, noNaN: true })),
        ...{ seed: word, step: word, layer: fc.integer({ min: 0, max: 100 }) },
        threads: fc.integer({ min: 1, max: 3 }),
      }),
      ({ count, rate, seed, step, layer, threads }) => {
        lab.clear();
        const values = sampleValues([count], 1);
        const mask = tf.tidy(() => dropoutMask([count], rate, seed, step, layer).dataSync());
        const expected = values.map((value, i) => (mask[i] ? value * mask[i] : 0));
        const y = lab.floats(values);
        const stepAt = lab.bytes(12);
        lab.writeBytes(stepAt, new Uint8Array(Uint32Array.of(step, 0, 0).buffer));
        const { dropBelow, scale } = maskThreshold(rate);

        const args = [y, count, seed, maskStream(layer), dropBelow, scale, stepAt];
        lab.run('dropout', args, threads);

        expect(lab.read(y, count)).toEqual(expected);
        expect(slackBehind(lab, y, count)).toEqual(UNTOUCHED);
      },
    ),
  );
});
