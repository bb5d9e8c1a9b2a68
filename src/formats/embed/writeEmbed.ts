import { openZip, writeZip } from '../archives/zip.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { writeWeights } from '../weights/weightsFile.ts';

/** As the module calls the file beside it. */
export const EMBEDDED_WEIGHTS = 'model.safetensors';

/**
 * What a page of one's own needs to read pictures with this network: the module that the build has made, what
 * belongs to it, and the weights.
 * @param embed the zip of the build, without weights
 */
export function writeEmbed(model: PortableModel, embed: Uint8Array): Uint8Array<ArrayBuffer> {
  const zip = openZip('embed.zip', embed);
  const { bytes } = writeWeights(model, 'safetensors');
  return writeZip([
    ...zip.names.map((name) => {
      return { name, bytes: zip.read(name, zip.mostBytes(name)), deflate: true };
    }),
    { name: EMBEDDED_WEIGHTS, bytes, deflate: false },
  ]);
}
