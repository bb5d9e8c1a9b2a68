import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { weightsFormats } from '../../domain/runs/weightsFormat.ts';
import { writeZip } from '../../formats/archives/zip.ts';
import { tinyModel } from '../../formats/testing/tinyModel.ts';
import { exportModel } from '../../formats/weights/exportModel.ts';
import { importModel } from '../../formats/weights/importModel.ts';
import { assert } from '../../util/assert.ts';
import { refuseOtherLogits, withSamples } from './samples.ts';

const kernels = async () =>
  WebAssembly.compile(
    await readFile(new URL('../../engine/wasm/generated/kernels.wasm', import.meta.url)),
  );
const model = tinyModel('alexnet');
/** Finite weights, whose logits are not. */
const overflowing = {
  ...model,
  tensors: model.tensors.map((tensor) => ({ ...tensor, values: tensor.values.map(() => 3e38) })),
};

describe('a model whose images nobody can read', () => {
  it.each(weightsFormats)('is a file all the same, which can be read back: %s', async (format) => {
    const made = async () => writeZip([]);
    const bare = await withSamples(overflowing, kernels);
    const { name, bytes } = await exportModel(bare, format, made);
    const back = await importModel(name, bytes);
    await refuseOtherLogits(name, back, kernels);
    expect(back.tensors).toEqual(overflowing.tensors);
  });

  it('is exported where the kernels are not to be had', async () => {
    const withoutKernels = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await withSamples(model, withoutKernels)).toEqual(model);
    const { samples } = await withSamples(model, kernels);
    assert(samples, 'the kernels arrived');
    expect(samples.logits).toHaveLength(100);
    const other = { ...model, samples: { ...samples, logits: samples.logits.fill(1) } };
    await expect(refuseOtherLogits('a', other, withoutKernels)).resolves.toBeUndefined();
    await expect(refuseOtherLogits('a', other, kernels)).rejects.toThrow('ten images');
  });
});
