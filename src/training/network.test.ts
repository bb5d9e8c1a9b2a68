import { describe, expect, it } from 'vitest';
import { deferred } from '../util/deferred.ts';
import { expectBothLanguages } from '../util/testing/bothLanguages.ts';
import type { Backend } from './backend.ts';
import { initialWeights } from './initialWeights.ts';
import { Network } from './network.ts';
import type { Reader } from './reader.ts';
import { tinyImages, tinyNetwork, tinyRecipe } from './testing/tinyRun.ts';

const { architecture } = tinyNetwork(tinyImages(3), tinyRecipe);
const weights = initialWeights(architecture, 'he', 1);
const image = new Float32Array(16 * 16);

/** An engine whose readers answer when they are told to, and note when they are freed. */
function slowEngine() {
  const answers: ReturnType<typeof deferred<Float32Array>>[] = [];
  const freed: Reader[] = [];
  const made: Reader[] = [];
  const unwanted = async (): Promise<never> => {
    throw new Error('nobody asks for it');
  };
  const backend: Backend = {
    ...{ makeTrainer: unwanted, vary: unwanted },
    async makeReader() {
      const reader: Reader = {
        infer() {
          const answer = deferred<Float32Array>();
          answers.push(answer);
          return answer.promise;
        },
        inspect: unwanted,
        dispose: () => freed.push(reader),
      };
      made.push(reader);
      return reader;
    },
  };
  const answer = (logit: number) => answers.shift()?.resolve(Float32Array.of(logit));
  return { network: new Network(architecture, weights, async () => backend), answer, made, freed };
}

/** Until all that waits for nothing else is done. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a network that is read with', () => {
  it('keeps what is read with until the last read that has begun is over', async () => {
    const { network, answer, made, freed } = slowEngine();
    const reads = [network.infer(image, 1), network.infer(image, 1)];
    await settled();
    network.rest();
    answer(1);
    await settled();
    expect(freed).toEqual([]);
    answer(2);
    expect((await Promise.all(reads)).map(([logit]) => logit)).toEqual([1, 2]);
    await settled();
    expect(freed).toEqual(made);
    expect(made).toHaveLength(1);
  });

  it('is freed though a read failed, and has the next read on another reader', async () => {
    const { network, answer, made, freed } = slowEngine();
    const refused = network.inspect({}, image, 1);
    network.importWeights(weights);
    await expect(refused).rejects.toThrow('nobody asks for it');
    await settled();
    expect(freed).toEqual(made);
    const read = network.infer(image, 1);
    await settled();
    answer(3);
    expect([...(await read)]).toEqual([3]);
    expect(made).toHaveLength(2);
  });

  it('is freed at once where nothing reads', async () => {
    const { network, answer, made, freed } = slowEngine();
    const read = network.infer(image, 1);
    await settled();
    answer(1);
    await read;
    await settled();
    let isDone = false;
    network.whenRead(() => {
      isDone = true;
    });
    expect(isDone).toBe(true);
    network.dispose();
    await settled();
    expect(freed).toEqual(made);
  });

  it('comes to the end of what it reads when it is disposed of, and reads nothing more', async () => {
    const { network, answer, made, freed } = slowEngine();
    const read = network.infer(image, 1);
    await settled();
    network.dispose();
    const later = network.infer(image, 1);
    await expect(later).rejects.toMatchObject({ code: 'model.replaced' });
    await expect(network.inspect({}, image, 1)).rejects.toMatchObject({ code: 'model.replaced' });
    expect(freed).toEqual([]);
    answer(4);
    expect([...(await read)]).toEqual([4]);
    await settled();
    expect(freed).toEqual(made);
    expectBothLanguages({ code: 'model.replaced', params: {} });
  });
});
