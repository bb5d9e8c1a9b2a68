import { isZip, openZip } from '../archives/zip.ts';
import { METADATA_KEY, type PortableModel } from './portableModel.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import { readWeights, refuseLargeFile } from './weightsFile.ts';

/** Reads a model file of any format. What reads those of other programs is loaded when one comes. */
export async function importModel(file: string, content: Uint8Array): Promise<PortableModel> {
  refuseLargeFile(file, content.length);
  // A Buffer of Node's would not copy what is sliced out of it.
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  if (isZip(bytes)) {
    const zip = openZip(file, bytes);
    // Of the folder for PyTorch, or of the one for pages.
    const entry = zip.names.find((name) => /(^|\/)model[.]safetensors$/.test(name));
    if (entry !== undefined) {
      const most = zip.mostBytes(entry);
      refuseLargeFile(file, most);
      return ofSafetensors(file, zip.read(entry, most));
    }
    const { foreignModelIn, readTfjsFiles } = await import('../layersModel/tfjsFiles.ts');
    const foreign = foreignModelIn(file, zip);
    return foreign ? readTfjsFiles(file, zip, foreign, bytes.length) : readWeights(file, bytes);
  }
  if (looksLikeSafetensors(bytes)) return ofSafetensors(file, bytes);
  if (looksLikeOnnx(file, bytes)) {
    const { readOnnx } = await import('../onnx/readOnnx.ts');
    return readOnnx(file, bytes);
  }
  return readWeights(file, bytes);
}

async function ofSafetensors(file: string, bytes: Uint8Array): Promise<PortableModel> {
  if (isOurs(file, bytes)) return readWeights(file, bytes);
  const { readTorch } = await import('../pytorch/readPytorch.ts');
  return readTorch(file, bytes);
}

/** Of this page, and laid as it lays tensors: exports for PyTorch say that they are PyTorch's. */
function isOurs(file: string, bytes: Uint8Array): boolean {
  const { metadata } = readSafetensors(file, bytes);
  return Object.hasOwn(metadata, METADATA_KEY) && metadata.format !== 'pt';
}

/** Files of ONNX begin with the version of its format: field 1, a small whole number. */
const looksLikeOnnx = (file: string, [field, version = 0]: Uint8Array): boolean =>
  /\.onnx$/i.test(file) || (field === 8 && version > 0 && version < 32);
