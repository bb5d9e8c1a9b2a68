import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { areOneModel, packedModel } from './packedModel.ts';

const named = (name: string, text = name) => new File([text], name);

describe('files that are one model', () => {
  it.each([
    [['model.json', 'weights.bin'], true],
    [['weights.bin', 'my-model.json'], true],
    [['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'], true],
    [['model.json'], false],
    [['a.bin', 'b.bin'], false],
    [['model.json', 'other-model.json', 'weights.bin'], false],
    [['model.json', 'cat.png'], false],
  ])('%j: %s', (names, expected) => {
    expect(areOneModel(names)).toBe(expected);
  });

  it('are packed as the page exports them, and one file is left as it is', async () => {
    const [model, weights] = [named('my-model.json'), named('weights.bin')];
    const packed = await packedModel([weights, model]);
    const entries = unzipSync(new Uint8Array(await packed.arrayBuffer()));
    const texts = Object.entries(entries).map(([name, bytes]) => [
      name,
      new TextDecoder().decode(bytes),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      'model.json': 'my-model.json',
      'weights.bin': 'weights.bin',
    });
    expect(await packedModel([weights])).toBe(weights);
  });
});
