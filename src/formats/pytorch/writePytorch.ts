import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { writeZip } from '../archives/zip.ts';
import { toChannelsFirst } from '../exchange/channelsFirst.ts';
import { METADATA_KEY, metadataOf, type PortableModel, textsOf } from '../weights/portableModel.ts';
import { writeSafetensors } from '../weights/safetensors.ts';
import { modelCard } from './modelCard.ts';
import { className, moduleText } from './moduleText.ts';
import { torchName } from './names.ts';

/**
 * A folder, zipped, that PyTorch loads and Hugging Face's tools take for a model: the module, its weights under
 * the module's names and in its layouts, what is known of it, and a model card.
 */
const WEIGHTS_ENTRY = 'model.safetensors';
/** Says in the safetensors file that its tensors lie as PyTorch has them. */
export const TORCH_FORMAT = 'pt';

export function writePytorch(model: PortableModel): Uint8Array<ArrayBuffer> {
  const architecture = buildArchitecture(model.architecture);
  const metadata = { format: TORCH_FORMAT, ...textsOf(model) };
  const tensors = toChannelsFirst(architecture, model.tensors);
  const config = {
    architectures: [className(architecture.id)],
    model_type: 'alexnet-workbench',
    num_labels: architecture.classes,
    id2label: Object.fromEntries(model.classNames.map((name, label) => [label, name])),
    image_size: [architecture.input.height, architecture.input.width],
    num_channels: architecture.input.channels,
    torch_dtype: 'float32',
    [METADATA_KEY]: metadataOf(model),
  };
  const text = (name: string, content: string) => ({
    ...{ name, bytes: new TextEncoder().encode(content), deflate: true },
  });
  return writeZip([
    text('model.py', moduleText(architecture, model.scaling)),
    text('config.json', `${JSON.stringify(config, null, 2)}\n`),
    text('README.md', modelCard(architecture, model)),
    {
      name: WEIGHTS_ENTRY,
      bytes: writeSafetensors(
        tensors.map((tensor) => ({ ...tensor, name: torchName(tensor.name) })),
        metadata,
      ),
      deflate: false,
    },
  ]);
}
