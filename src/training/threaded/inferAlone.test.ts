import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { tinyModel } from '../../formats/testing/tinyModel.ts';
import { inferAlone } from './inferAlone.ts';

const compiled = readFile(
  new URL('../../engine/wasm/generated/kernels.wasm', import.meta.url),
).then((bytes) => WebAssembly.compile(bytes));
const { architecture: choice, tensors } = tinyModel('lenet5');
const architecture = buildArchitecture(choice);
const { height, width, channels } = architecture.input;
const images = Float32Array.from(
  { length: 10 * height * width * channels },
  (_, i) => (i % 97) / 97,
);

describe('images that are read alone', () => {
  it('give the same logits however many find room at once', async () => {
    const kernels = await compiled;
    const whole = await inferAlone(kernels, architecture, tensors, images);
    const small = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
    // Room for some of them, and the last part is a smaller one.
    const parts = await inferAlone(kernels, architecture, tensors, images, small + 100_000);
    expect(parts).toEqual(whole);
    expect(whole).toHaveLength(100);
  });

  it('are refused where no memory holds one of them', async () => {
    const wide = buildArchitecture({
      ...{ id: 'imported', width: 1, dropout: 0, classes: 10 },
      input: { height: 64, width: 64, channels: 1 },
      layers: [
        {
          ...{ kind: 'conv2d', name: 'conv1', filters: 2 ** 20, kernelSize: 1, stride: 1 },
          ...{ padding: 'same', groups: 1, activation: 'relu' },
        },
        { kind: 'globalAveragePool', name: 'average1' },
        { kind: 'dense', name: 'fc1', units: 10, activation: 'linear' },
      ],
    });
    const reading = inferAlone(await compiled, wide, [], new Float32Array(10 * 64 * 64));
    await expect(reading).rejects.toMatchObject({ code: 'engine.noHeap' });
  });
});
