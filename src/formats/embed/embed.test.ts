import { describe, expect, it } from 'vitest';
import { openZip, writeZip } from '../archives/zip.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import { exportModel } from '../weights/exportModel.ts';
import { importModel } from '../weights/importModel.ts';

describe('a folder for a page', () => {
  it('has what the build made, and is a model that comes back to the bit', async () => {
    const made = writeZip([{ name: 'predict.js', bytes: Buffer.from('export {}'), deflate: true }]);
    for (const model of [tinyModel('alexnet'), tinyModel('lenet5')]) {
      const { name, bytes } = await exportModel(model, 'embed', async () => made);
      expect(name).toMatch(/-embed[.]zip$/);
      expect(openZip(name, bytes).names).toEqual(['predict.js', 'model.safetensors']);
      expect(await importModel(name, bytes)).toEqual(model);
    }
  });
});
