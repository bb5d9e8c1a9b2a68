import { deleteDB } from 'idb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openZip } from '../../formats/archives/zip.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import { bringTinySet, openSession, sessionRecipe } from '../testing/tinySession.ts';

beforeEach(() => deleteDB(FIRST_SITE));
afterAll(() => deleteDB(FIRST_SITE));

describe('a model of TensorFlow.js in two files', () => {
  it('is imported in whatever order they come, and refused where one is missing or not its own', async () => {
    const { session } = await openSession('wasm');
    await bringTinySet(session);
    const trained = await session.train({ ...sessionRecipe, steps: 3 });
    const zip = openZip('a', (await session.exportWeights('tfjs')).bytes);
    const file = (name: string, from = name) => new File([zip.read(from, 2 ** 26)], name);
    const [json, weights] = [file('my-model.json', 'model.json'), file('weights.bin')];

    for (const pair of [[json, weights] as const, [weights, json] as const]) {
      const { id } = await session.importWeights(...pair);
      expect(id).not.toBe(trained.id);
      const again = openZip('b', (await session.exportWeights('tfjs')).bytes);
      expect(again.read('weights.bin', 2 ** 26)).toEqual(zip.read('weights.bin', 2 ** 26));
    }
    const half = new File([zip.read('weights.bin', 2 ** 26).subarray(0, 8)], 'weights.bin');
    await expect(session.importWeights(json, half)).rejects.toMatchObject({
      code: 'weights.header',
    });
    await expect(session.importWeights(weights)).rejects.toMatchObject({
      code: 'weights.unknownFormat',
    });
  });
});
