import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM, effectiveRate } from '../../domain/optimizerRule.ts';
import { Adam } from '../../training/adam.ts';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const LEARNING_RATE = 1e-3;
const DECAY = 20;

const silence = (count: number) => new Float32Array(count);

/** Weights and moments after these gradients, from weights at random. */
function train(gradients: readonly Float32Array[], threads: number, decay = 0) {
  lab.clear();
  const count = gradients[0]?.length ?? 0;
  const weights = lab.floats(sampleValues([count], 1));
  const state = [weights, lab.floats(new Float32Array(count)), lab.floats(new Float32Array(count))];
  const g = lab.result(count);
  const step = lab.bytes(20);
  const { beta1, beta2, epsilon } = ADAM;
  for (const [done, gradient] of gradients.entries()) {
    lab.writeBytes(g, new Uint8Array(gradient.buffer));
    lab.writeBytes(step, new Uint8Array(Uint32Array.of(done).buffer));
    lab.writeBytes(
      step + 4,
      new Uint8Array(Float32Array.of(effectiveRate(ADAM, LEARNING_RATE, done + 1)).buffer),
    );
    lab.writeBytes(step + 12, new Uint8Array(Float32Array.of(LEARNING_RATE * decay).buffer));
    lab.run('adam', [...state, g, count, step, beta1, beta2, epsilon, Number(decay > 0)], threads);
  }
  for (const at of state) expect(slackBehind(lab, at, count)).toEqual(UNTOUCHED);
  return state.map((at) => lab.read(at, count));
}

async function trainOnTfjs(gradients: readonly Float32Array[], decay = 0): Promise<Float32Array[]> {
  const count = gradients[0]?.length ?? 0;
  // Of two dimensions, as kernels are: what decays.
  const weights = tf.variable(tf.tensor2d(sampleValues([count], 1), [count, 1]));
  const adam = new Adam(['w'], [weights], decay);
  for (const gradient of gradients)
    tf.tidy(() => adam.apply([tf.tensor2d(gradient, [count, 1])], LEARNING_RATE));
  const moments = (await adam.exportState()).slice(0, 2).map(({ values }) => values);
  const result = [Float32Array.from(weights.dataSync()), ...moments];
  tf.dispose(weights);
  adam.dispose();
  return result;
}

describe('updates by Adam', () => {
  it('give the bits of the trainer on tfjs-cpu, whatever the number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 3 }),
        async (count, threads) => {
          const gradients = [2, 3, 4].map((salt) => sampleValues([count], salt));

          expect(train(gradients, threads)).toEqual(await trainOnTfjs(gradients));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('take away what decays, and nothing of the moments', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 3 }),
        async (count, threads) => {
          const gradients = [2, 3, 4].map((salt) => sampleValues([count], salt));
          const [weights, ...moments] = train(gradients, threads, DECAY);
          const [expected, ...rest] = await trainOnTfjs(gradients, DECAY);
          const [undecayed] = train(gradients, threads);

          expect(moments).toEqual(rest);
          // tfjs rounds 1 - lr decay once, from 64 bits; the kernel rounds lr decay too.
          expect(relativeError(weights ?? silence(count), expected ?? silence(count))).toBeLessThan(
            3e-7,
          );
          expect(weights).not.toEqual(undecayed);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shrink a weight without a gradient by the rate times the decay, a step', () => {
    const start = sampleValues([9], 1);
    const [weights] = train([silence(9), silence(9)], 2, DECAY);
    for (const [i, weight] of (weights ?? silence(9)).entries()) {
      expect(weight / (start[i] ?? Number.NaN)).toBeCloseTo((1 - LEARNING_RATE * DECAY) ** 2, 6);
    }
  });

  it('let the moments of weights without gradients end at 0, unnoticed by the weights', async () => {
    const count = 7;
    const silent = silence(count);
    const gradients = [sampleValues([count], 2), ...Array.from({ length: 720 }, () => silent)];

    const [weights, firstMoments] = train(gradients, 2);

    const [reference, shrunk] = await trainOnTfjs(gradients);
    expect(weights).toEqual(reference);
    expect(firstMoments).toEqual(silent);
    expect(shrunk).not.toEqual(silent);
  });
});
