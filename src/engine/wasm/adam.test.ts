import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM, effectiveRate } from '../../domain/optimizerRule.ts';
import { Adam } from '../../training/adam.ts';
import { sampleValues } from '../testing/compare.ts';
import { tf } from '../tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const LEARNING_RATE = 1e-3;

/** Weights and moments after these gradients, from weights at random. */
function train(gradients: readonly Float32Array[], threads: number) {
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
    lab.run('adam', [...state, g, count, step, beta1, beta2, epsilon, 0], threads);
  }
  for (const at of state) expect(slackBehind(lab, at, count)).toEqual(UNTOUCHED);
  return state.map((at) => lab.read(at, count));
}

async function trainOnTfjs(gradients: readonly Float32Array[]): Promise<Float32Array[]> {
  const count = gradients[0]?.length ?? 0;
  const weights = tf.variable(tf.tensor1d(sampleValues([count], 1)));
  const adam = new Adam(['w'], [weights], 0);
  for (const gradient of gradients)
    tf.tidy(() => adam.apply([tf.tensor1d(gradient)], LEARNING_RATE));
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

  it('let the moments of weights without gradients end at 0, unnoticed by the weights', async () => {
    const count = 7;
    const silent = new Float32Array(count);
    const gradients = [sampleValues([count], 2), ...Array.from({ length: 720 }, () => silent)];

    const [weights, firstMoments] = train(gradients, 2);

    const [reference, shrunk] = await trainOnTfjs(gradients);
    expect(weights).toEqual(reference);
    expect(firstMoments).toEqual(silent);
    expect(shrunk).not.toEqual(silent);
  });
});
