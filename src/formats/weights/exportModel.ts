import type { WeightsFormat } from '../../domain/runs/weightsFormat.ts';
import { assert } from '../../util/assert.ts';
import type { PortableModel } from './portableModel.ts';
import { fileStem, type WeightsFile, writeWeights } from './weightsFile.ts';

/**
 * A model as a file of any format. Those of other programs are loaded when they are asked for.
 * @param embed the zip that the build has made for pages of one's own
 */
export async function exportModel(
  model: PortableModel,
  format: WeightsFormat,
  embed?: () => Promise<Uint8Array>,
): Promise<WeightsFile> {
  switch (format) {
    case 'safetensors':
    case 'tfjs':
      return writeWeights(model, format);
    case 'onnx': {
      const { writeOnnx } = await import('../onnx/writeOnnx.ts');
      return file(`${fileStem(model)}.onnx`, writeOnnx(model));
    }
    case 'pytorch': {
      const { writePytorch } = await import('../pytorch/writePytorch.ts');
      const { name, bytes } = file(`${fileStem(model)}-pytorch.zip`, writePytorch(model));
      return { name, bytes, mimeType: 'application/zip' };
    }
    case 'embed': {
      assert(embed, 'there is what the build has made');
      const { writeEmbed } = await import('../embed/writeEmbed.ts');
      const { name, bytes } = file(
        `${fileStem(model)}-embed.zip`,
        writeEmbed(model, await embed()),
      );
      return { name, bytes, mimeType: 'application/zip' };
    }
  }
}

const file = (name: string, bytes: Uint8Array<ArrayBuffer>): WeightsFile => ({
  ...{ name, bytes, mimeType: 'application/octet-stream' },
});
