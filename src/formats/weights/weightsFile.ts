import {
  type ArchitectureChoice,
  buildArchitecture,
  hasWidth,
} from '../../domain/architecture/architecture.ts';
import { weightSpecs } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import type { PlainFormat } from '../../domain/runs/weightsFormat.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { isZip } from '../archives/zip.ts';
import { refusalOf } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { quoted } from '../text/quoted.ts';
import {
  METADATA_KEY,
  type PortableModel,
  parseMetadata,
  samplesOf,
  textsOf,
} from './portableModel.ts';
import { looksLikeSafetensors, readSafetensors, writeSafetensors } from './safetensors.ts';
import { SAMPLES_KEY } from './samples.ts';
import { openTfjsModel, writeTfjsModel } from './tfjsModel.ts';
import type { TensorHeader, WeightsContainer } from './weightsContainer.ts';

/**
 * Weights files that this page writes and reads. What is read is checked from the outside in:
 * format, what it says of its network, names and shapes of its tensors, and at last every value.
 */
export interface WeightsFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Half as much again as the weights of the largest network here, of 64x64 pixels in three channels. */
export const MAX_FILE_BYTES = 2 ** 29;

export function writeWeights(model: PortableModel, format: PlainFormat): WeightsFile {
  const name = fileStem(model);
  switch (format) {
    case 'safetensors': {
      // 'tf' tells other readers how convolution kernels lie: height, width, in, out.
      const metadata = { format: 'tf', ...textsOf(model) };
      const bytes = writeSafetensors(model.tensors, metadata);
      return { name: `${name}.safetensors`, mimeType: 'application/octet-stream', bytes };
    }
    case 'tfjs':
      return {
        name: `${name}-tfjs.zip`,
        mimeType: 'application/zip',
        bytes: writeTfjsModel(model),
      };
  }
}

/** Reads a weights file whatever its name; `file` is what refusals call it. */
export function readWeights(file: string, bytes: Uint8Array): PortableModel {
  refuseLargeFile(file, bytes.length);
  const container = openContainer(file, bytes);
  const metadata = parseMetadata(file, container.metadata);
  refuseOtherTensors(file, metadata.architecture, container.tensors);
  return {
    ...metadata,
    ...(container.samples !== undefined && samplesOf(file, metadata, container.samples)),
    tensors: inOrder(file, metadata.architecture, container.load()),
  };
}

/** A model out of a file of another format: its tensors have to be the network's, too. */
export function checkedModel(file: string, model: PortableModel): PortableModel {
  refuseOtherTensors(file, model.architecture, model.tensors);
  return { ...model, tensors: inOrder(file, model.architecture, model.tensors) };
}

/** To be asked before a file is read into memory, too. */
export function refuseLargeFile(file: string, bytes: number): void {
  const limit = MAX_FILE_BYTES;
  if (bytes > limit) throw new WorkbenchError('weights.tooLarge', { file, bytes, limit });
}

function openContainer(file: string, bytes: Uint8Array): WeightsContainer {
  if (isZip(bytes)) return openTfjsModel(file, bytes);
  if (looksLikeSafetensors(bytes) || /\.safetensors$/i.test(file)) {
    const { metadata, tensors } = readSafetensors(file, bytes);
    const text = Object.hasOwn(metadata, METADATA_KEY) ? metadata[METADATA_KEY] : undefined;
    const samples = Object.hasOwn(metadata, SAMPLES_KEY) ? metadata[SAMPLES_KEY] : undefined;
    return { metadata: ownMetadata(file, text), samples, tensors, load: () => tensors };
  }
  throw new WorkbenchError('weights.unknownFormat', { file });
}

function ownMetadata(file: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const refuse = refusalOf('weights.metadata', file);
  return parseJson(new TextEncoder().encode(text), METADATA_KEY, refuse);
}

/** The file must have the network's tensors, each once and in its shape, and no other. */
function refuseOtherTensors(
  file: string,
  choice: ArchitectureChoice,
  tensors: readonly TensorHeader[],
): void {
  const network = networkName(choice);
  const unused = new Map(weightSpecs(buildArchitecture(choice)).map((spec) => [spec.name, spec]));
  for (const { name, shape } of tensors) {
    const tensor = quoted(name);
    const spec = unused.get(name);
    if (!spec) throw new WorkbenchError('weights.extraTensor', { file, tensor, network });
    const [actual, expected] = [shape.join('x') || '()', spec.shape.join('x')];
    if (actual !== expected) {
      throw new WorkbenchError('weights.shape', { file, tensor, actual, expected, network });
    }
    unused.delete(name);
  }
  for (const tensor of unused.keys()) {
    throw new WorkbenchError('weights.missingTensor', { file, tensor, network });
  }
}

function inOrder(
  file: string,
  choice: ArchitectureChoice,
  tensors: readonly NamedTensor[],
): NamedTensor[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return weightSpecs(buildArchitecture(choice)).map(({ name }) => {
    const tensor = byName.get(name);
    assert(tensor, `${name} was found to be there`);
    refuseNonFinite(file, tensor);
    if (name.endsWith('/moving_variance')) refuseNegative(file, tensor);
    return tensor;
  });
}

function refuseNonFinite(file: string, { name: tensor, values }: NamedTensor): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (Number.isFinite(value)) continue;
    throw new WorkbenchError('weights.notFinite', { file, tensor, value: String(value), index });
  }
}

function refuseNegative(file: string, { name: tensor, values }: NamedTensor): void {
  const index = values.findIndex((value) => value < 0);
  if (index < 0) return;
  const value = String(values[index]);
  throw new WorkbenchError('weights.negativeVariance', { file, tensor, value, index });
}

function networkName({ id, width }: ArchitectureChoice): string {
  return hasWidth(id) ? `${id}-w${width}` : id;
}

/** What a file of this model is called, without its ending. */
export function fileStem({ architecture, provenance }: PortableModel): string {
  const dataset = provenance.datasetName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const step = `step${provenance.step}`;
  return [networkName(architecture), dataset, step].filter(Boolean).join('-');
}
