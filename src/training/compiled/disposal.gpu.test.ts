import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEngine } from '../../engine/engines.ts';
import { liveBuffers } from '../../engine/testing/liveBuffers.ts';
import { Pipelines } from '../../engine/webgpu/pipelines.ts';
import type { Network } from '../network.ts';
import { tinyImages, tinyNetwork, tinyRecipe, tinyScaling } from '../testing/tinyRun.ts';
import { CompiledTrainer } from './compiledTrainer.ts';

const live = liveBuffers();
const images = tinyImages(12);
const recipe = { ...tinyRecipe, averaging: 0.9 };

let network: Network;
const create = () => CompiledTrainer.create(network.architecture, images, tinyScaling, recipe);

/** Has the call of this number of a method come to something else. */
function replaceCall<Owner extends object, Name extends keyof Owner & string>(
  owner: Owner,
  name: Name,
  number: number,
  outcome: () => unknown,
) {
  const original = owner[name] as (...given: unknown[]) => unknown;
  let calls = 0;
  const spy = vi.spyOn(owner as Record<string, (...given: unknown[]) => unknown>, name);
  spy.mockImplementation(function (this: unknown, ...given) {
    const isIt = calls++ === number;
    const result = Reflect.apply(original, this, given);
    return isIt ? outcome() : result;
  });
  return () => calls;
}

beforeAll(async () => {
  await startEngine('webgpu', () => undefined);
  network = tinyNetwork(images, recipe);
  (await create()).dispose();
});
afterEach(() => vi.restoreAllMocks());

describe('a trainer that cannot be made ready', () => {
  const steps = [
    ['prepare', Pipelines.prototype, () => Promise.reject(new Error('does not compile'))],
    ['popErrorScope', GPUDevice.prototype, () => Promise.resolve(new GPUOutOfMemoryError(''))],
  ] as const;

  it.each(steps)(
    'leaves no buffer behind, whichever %s it fails of',
    async (name, owner, outcome) => {
      const count = replaceCall<object, never>(owner, name as never, -1, outcome);
      (await create()).dispose();
      const calls = count();
      expect(calls).toBeGreaterThan(0);
      vi.restoreAllMocks();

      const before = live.count();
      for (let number = 0; number < calls; number++) {
        replaceCall<object, never>(owner, name as never, number, outcome);
        await expect(create(), `${name} ${number}`).rejects.toThrow();
        vi.restoreAllMocks();
        expect(live.count(), `${name} ${number}`).toBe(before);
      }
    },
  );
});
