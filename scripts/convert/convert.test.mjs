import { describe, expect, it } from 'vitest';
import { weightsFormats } from '../../src/domain/runs/weightsFormat.ts';
import { tinyModel } from '../../src/formats/testing/tinyModel.ts';
import { exportModel } from '../../src/formats/weights/exportModel.ts';
import { importModel } from '../../src/formats/weights/importModel.ts';
import { convertFormats, withConvert } from './withConvert.mjs';

describe('a model file', () => {
  it('becomes one of every other kind, and the first one again, without a page', async () => {
    expect([...convertFormats].sort()).toEqual([...weightsFormats].sort());
    const model = tinyModel('alexnet');
    const first = await exportModel(model, 'safetensors');
    await withConvert(async (convert) => {
      let file = await convert(first.name, first.bytes, 'safetensors');
      const whole = file.bytes;
      for (const format of convertFormats) file = await convert(file.name, file.bytes, format);
      const back = await convert(file.name, file.bytes, 'safetensors');
      expect(Buffer.from(back.bytes).equals(Buffer.from(whole))).toBe(true);
      const { samples, tensors } = await importModel(back.name, back.bytes);
      expect(tensors).toEqual(model.tensors);
      expect(samples?.logits).toHaveLength(100);

      // A weight that is another: the file is found out by what it says of its own images.
      const spoilt = back.bytes.slice();
      new DataView(spoilt.buffer).setFloat32(spoilt.length - 4, 1e12, true);
      await expect(convert('spoilt', spoilt, 'onnx')).rejects.toThrow(/makes of ten images/);
    });
  });
});
