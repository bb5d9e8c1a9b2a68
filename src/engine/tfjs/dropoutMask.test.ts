import { beforeAll, describe, expect, it } from 'vitest';
import { pcg4d, RandomStream, uniformFromBits } from '../../util/random.ts';
import { dropoutMask } from './dropoutMask.ts';
import { tf } from './tf.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const SHAPE = [37, 101];
const draw = (rate: number, seed: number, step: number, layer: number) =>
  dropoutMask(SHAPE, rate, seed, step, layer).data<'float32'>();

describe('a dropout mask', () => {
  it('is what the counter-based generator says, number for number', async () => {
    const mask = await draw(0.3, 5, 12, 3);

    const stream = RandomStream.dropout + 256 * 3;
    const expected = Float32Array.from(mask, (_, i) => {
      const bits = pcg4d(5, stream, 12, Math.floor(i / 4))[i % 4] ?? 0;
      return uniformFromBits(bits) < 0.3 ? 0 : 1 / 0.7;
    });
    expect(mask).toEqual(expected);
  });

  it.each([0.1, 0.5, 0.9])('drops a share of %f within four standard deviations', async (rate) => {
    const mask = await draw(rate, 0, 1, 0);

    const dropped = mask.filter((value) => value === 0).length;
    const deviation = Math.sqrt(mask.length * rate * (1 - rate));
    expect(Math.abs(dropped - mask.length * rate)).toBeLessThan(4 * deviation);
  });

  it('keeps everything at rate 0', async () => {
    expect(await draw(0, 1, 1, 0)).toEqual(new Float32Array(37 * 101).fill(1));
  });

  it('repeats itself for the same seed, step and layer, and for no other', async () => {
    const first = await draw(0.5, 0, 7, 1);

    expect(await draw(0.5, 0, 7, 1)).toEqual(first);
    expect(await draw(0.5, 0, 8, 1)).not.toEqual(first);
    expect(await draw(0.5, 0, 7, 2)).not.toEqual(first);
    expect(await draw(0.5, 1, 7, 1)).not.toEqual(first);
    expect(await draw(0.5, 4_294_967_295, 7, 1)).not.toEqual(first);
  });
});
