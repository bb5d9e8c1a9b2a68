import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { channelsFirstShapes, fromChannelsFirst } from '../exchange/channelsFirst.ts';
import { quoted } from '../text/quoted.ts';
import { METADATA_KEY, type PortableModel, parseTexts } from '../weights/portableModel.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { checkedModel } from '../weights/weightsFile.ts';
import { torchName } from './names.ts';
import { readStateDict } from './stateDict.ts';

/** Reads a safetensors file whose tensors lie as PyTorch has them: one of this page, or any state dict. */
export function readTorch(file: string, bytes: Uint8Array): PortableModel {
  const { metadata, tensors } = readSafetensors(file, bytes);
  const texts = new Map(Object.entries(metadata));
  if (!texts.has(METADATA_KEY)) return readStateDict(file, tensors);
  const facts = parseTexts(file, texts);
  const architecture = buildArchitecture(facts.architecture);
  const network = architecture.id;
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const found = channelsFirstShapes(architecture).map(({ name, shape }) => {
    const tensor = byName.get(torchName(name));
    byName.delete(torchName(name));
    if (!tensor) {
      throw new WorkbenchError('weights.missingTensor', { file, tensor: torchName(name), network });
    }
    const [actual, expected] = [tensor.shape.join('x') || '()', shape.join('x')];
    if (actual !== expected) {
      const params = { file, tensor: tensor.name, actual, expected, network };
      throw new WorkbenchError('weights.shape', params);
    }
    return { ...tensor, name };
  });
  for (const name of byName.keys()) {
    throw new WorkbenchError('weights.extraTensor', { file, tensor: quoted(name), network });
  }
  return checkedModel(file, { ...facts, tensors: fromChannelsFirst(architecture, found) });
}
