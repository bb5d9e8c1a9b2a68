import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizations } from '../../domain/architecture/architecture.ts';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { normals } from '../../util/random.ts';
import { openZip } from '../archives/zip.ts';
import { expectSafeLater, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import { exportModel } from '../weights/exportModel.ts';
import { importModel } from '../weights/importModel.ts';
import { writeSafetensors } from '../weights/safetensors.ts';

const bitsOf = (tensors: readonly NamedTensor[]) =>
  tensors.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  );
const models = [
  ...normalizations.map((norm) => tinyModel('alexnet', 5, {}, norm)),
  tinyModel('lenet5', 5),
];

describe('a model as a PyTorch folder', () => {
  it.each(models)('comes back bit by bit, and so do its weights alone', async (model) => {
    const { name, bytes } = await exportModel(model, 'pytorch');
    const weights = openZip(name, bytes).read('model.safetensors', 1e9);
    for (const back of [await importModel(name, bytes), await importModel('w', weights)]) {
      expect({ ...back, tensors: [] }).toEqual({ ...model, tensors: [] });
      expect(bitsOf(back.tensors)).toEqual(bitsOf(model.tensors));
    }
  });

  it('ends in a sentence or a model, whatever was altered', async ({ task }) => {
    const { bytes } = await exportModel(tinyModel('lenet5'), 'pytorch');
    await fc.assert(
      fc.asyncProperty(mutationsOf(bytes), async (altered) => {
        await expectSafeLater(() => importModel('w.zip', altered));
      }),
      { numRuns: fuzzRuns(60) },
    );
    noteInputs(task, 'PyTorch folders', fuzzRuns(60));
  });
});

/** A state dict of these shapes, its names in the order that safetensors sorts them in. */
function stateDict(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const tensors = Object.entries(shapes).map(([name, shape], index) => {
    const values = normals(2, 60, index, sizeOf(shape));
    return { name, shape, values: /var$/.test(name) ? values.map(Math.abs) : values };
  });
  return writeSafetensors(tensors, { format: 'pt' });
}

/** Of PyTorch's own example for MNIST, with fewer units. */
const example = {
  ...{ 'conv1.weight': [32, 1, 3, 3], 'conv1.bias': [32] },
  ...{ 'conv2.weight': [64, 32, 3, 3], 'conv2.bias': [64] },
  ...{ 'fc1.weight': [20, 9216], 'fc1.bias': [20] },
  ...{ 'fc2.weight': [10, 20], 'fc2.bias': [10] },
};

describe('the state dict of another program', () => {
  it('is a network, told by the shapes of its weights', async () => {
    const { architecture } = await importModel('mnist_cnn.safetensors', stateDict(example));
    expect(architecture.layers?.map(({ kind }) => kind)).toEqual([
      ...['conv2d', 'conv2d', 'maxPool', 'flatten', 'dense', 'dense'],
    ]);
    expect(architecture.layers?.[0]).toMatchObject({ padding: 'valid', activation: 'relu' });
    expect(architecture.layers?.at(-1)).toMatchObject({ units: 10, activation: 'linear' });
  });

  it('is the same network under other names, whatever their order', async () => {
    const renamed = { 'conv1.': 'net.10.', 'conv2.': 'net.2.', 'fc1.': 'z.', 'fc2.': 'a.' };
    const named = (names: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(example).map(([key, shape]) => {
          const [from = '', to = ''] =
            Object.entries(names).find(([old]) => key.startsWith(old)) ?? [];
          return [key.replace(from, to), shape];
        }),
      );
    const [plain, other] = await Promise.all(
      [example, named(renamed)].map((shapes) => importModel('a', stateDict(shapes))),
    );
    expect(other?.architecture).toEqual(plain?.architecture);
    expect(bitsOf(other?.tensors ?? [])).toEqual(bitsOf(plain?.tensors ?? []));
  });

  it('has its normalisations taken into the weights before them', async () => {
    const norm = (name: string, units: number) => ({
      ...{ [`${name}.weight`]: [units], [`${name}.bias`]: [units] },
      ...{ [`${name}.running_mean`]: [units], [`${name}.running_var`]: [units] },
    });
    const file = stateDict({ ...norm('bn1', 32), ...norm('bn2', 64), ...example });
    const { architecture } = await importModel('a', file);
    expect(architecture.layers?.some(({ kind }) => kind === 'batchNorm')).toBe(false);
  });

  it('may count the batches that its normalisations have seen, which are no weights', async () => {
    const file = stateDict(example);
    const end = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, end)));
    const data = file.subarray(end);
    const offsets = [data.length, data.length + 8];
    const counted = (name: string) => {
      const entry = { dtype: 'I64', shape: [], data_offsets: offsets };
      const text = Buffer.from(JSON.stringify({ ...header, [name]: entry }));
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(text.length));
      return Buffer.concat([length, text, data, Buffer.alloc(8, 1)]);
    };
    const plain = await importModel('a', file);
    expect(await importModel('a', counted('bn1.num_batches_tracked'))).toEqual(plain);
    await expect(importModel('a', counted('bn1.weight'))).rejects.toThrow('I64');
  });

  it.each([
    [
      {
        ...{ 'a.weight': [8, 1, 3, 3], 'b.weight': [8, 8, 3, 3], 'c.weight': [10, 8 * 24 * 24] },
        ...{ 'bn.weight': [8], 'bn.bias': [8], 'bn.running_mean': [8], 'bn.running_var': [8] },
      },
      'normalisations are there for some of the layers of 8 units',
    ],
    [
      // One, three, two: whichever comes second is a guess.
      {
        ...{ 'z.weight': [8, 1, 3, 3], 'b.weight': [8, 8, 3, 3], 'a.weight': [8, 8, 3, 3] },
        'fc.weight': [10, 8 * 22 * 22],
      },
      '2 networks have weights of these shapes',
    ],
    [{ ...example, 'fc1.weight': [20, 9217] }, 'no network of plain layers has weights of these'],
    [{ ...example, 'fc2.weight': [10, 19] }, 'there is no order in which each layer takes'],
    [{ ...example, 'lstm.weight_ih': [4, 4] }, 'lstm is no convolution, dense layer or batch'],
    [
      {
        ...{ 'a.weight': [8, 1, 3, 3], 'b.weight': [8, 8, 3, 3], 'c.weight': [10, 1568] },
      },
      '2 networks have weights of these shapes',
    ],
    [{ 'fc.weight': [10, 784] }, 'it has no convolutions for images of 1 or 3 channels'],
  ])('is refused where shapes do not tell it: %#', async (shapes, sentence) => {
    await expect(importModel('theirs.safetensors', stateDict(shapes))).rejects.toThrow(sentence);
  });
});
