import { describe, expect, it } from 'vitest';
import { startEngine } from '../engines.ts';
import { dropoutMask } from './dropoutMask.ts';
import { tf } from './tf.ts';

const draw = async (engine: 'tfjs' | 'cpu', shape: number[], rate: number, seed: number) => {
  await startEngine(engine, () => undefined);
  const masks = [1, 2, 70_000].map((step) => dropoutMask(shape, rate, seed, step, 5));
  return Promise.all(masks.map((mask) => mask.data<'float32'>()));
};

describe('dropout masks on the GPU', () => {
  it.each([
    { shape: [1], rate: 0.5, seed: 1 },
    { shape: [7], rate: 0.5, seed: 0 },
    { shape: [3, 5, 7], rate: 0.3, seed: 4_294_967_295 },
    { shape: [100, 513], rate: 0.9, seed: 20_26 },
    { shape: [2, 3, 4, 5], rate: 0, seed: 3 },
  ])(
    'are those of the other engines, bit for bit: $shape, rate $rate, seed $seed',
    async (mask) => {
      const { shape, rate, seed } = mask;
      const onGpu = await draw('tfjs', shape, rate, seed);

      expect(tf.getBackend()).toBe('webgpu');
      expect(onGpu).toEqual(await draw('cpu', shape, rate, seed));
    },
  );

  it('differ from step to step', async () => {
    const [first, second, late] = await draw('tfjs', [100], 0.5, 1);

    expect(second).not.toEqual(first);
    expect(late).not.toEqual(first);
  });
});
