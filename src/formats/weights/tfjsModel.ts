import * as v from 'valibot';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { openZip, writeZip } from '../archives/zip.ts';
import { refusalOf, valueRefusal } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { quoted } from '../text/quoted.ts';
import { METADATA_KEY, metadataOf, type PortableModel } from './portableModel.ts';
import { SAMPLES_KEY, samplesText } from './samples.ts';
import { tfjsTopology } from './tfjsTopology.ts';
import type { WeightsContainer } from './weightsContainer.ts';

/**
 * The pair that `tf.loadLayersModel` reads, in a zip: model.json (the layers, the names and shapes
 * of the weights, and our own metadata) and weights.bin (their values end to end, float32).
 */
const MODEL = 'model.json';
const WEIGHTS = 'weights.bin';
const PACKED_MODEL = /(^|\/)model[.]json$/;
/** What macOS packs beside every file. */
export const OF_SYSTEMS = /(^|\/)(__MACOSX\/|[.]_)/;
export const MAX_MODEL_BYTES = 4 * 1024 * 1024;
const FLOAT_BYTES = 4;

export function writeTfjsModel(model: PortableModel): Uint8Array<ArrayBuffer> {
  const { provenance, architecture, tensors } = model;
  const json = {
    format: 'layers-model',
    generatedBy: `${provenance.application} ${provenance.version}`,
    convertedBy: null,
    modelTopology: tfjsTopology(buildArchitecture(architecture)),
    weightsManifest: [
      {
        paths: [WEIGHTS],
        weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: {
      [METADATA_KEY]: metadataOf(model),
      ...(model.samples && { [SAMPLES_KEY]: samplesText(model.samples) }),
    },
  };
  const jsonBytes = new TextEncoder().encode(JSON.stringify(json, null, 1));
  return writeZip([
    { name: MODEL, bytes: jsonBytes, deflate: true },
    { name: WEIGHTS, bytes: endToEnd(tensors), deflate: false },
  ]);
}

/** The pair as one file, from where it lies as two. */
export function packTfjsModel(json: Uint8Array, weights: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeZip([
    { name: MODEL, bytes: json, deflate: false },
    { name: WEIGHTS, bytes: weights, deflate: false },
  ]);
}

const extent = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ModelSchema = v.object({
  format: v.literal('layers-model'),
  weightsManifest: v.strictTuple([
    v.strictObject({
      // A path elsewhere, or an address, is refused: nothing but this entry is ever read.
      paths: v.strictTuple([v.literal(WEIGHTS)]),
      weights: v.pipe(
        v.array(
          v.strictObject({
            name: v.string(),
            shape: v.pipe(v.array(extent), v.maxLength(8)),
            dtype: v.string(),
          }),
        ),
        v.maxLength(1000),
      ),
    }),
  ]),
  userDefinedMetadata: v.optional(
    v.object({ [METADATA_KEY]: v.unknown(), [SAMPLES_KEY]: v.optional(v.string()) }),
  ),
});

/**
 * Opens the pair. Its layers are not read: our own metadata names the network, out of those that
 * this page can build.
 */
export function openTfjsModel(file: string, bytes: Uint8Array): WeightsContainer {
  const zip = openZip(file, bytes);
  const folder = folderOf(zip.names);
  const { weightsManifest, userDefinedMetadata } = parseModel(
    file,
    zip.read(`${folder}${MODEL}`, MAX_MODEL_BYTES),
  );
  const { weights } = weightsManifest[0];
  const other = weights.find(({ dtype }) => dtype !== 'float32');
  if (other) {
    const [tensor, actual] = [quoted(other.name), quoted(other.dtype)];
    throw new WorkbenchError('weights.dtype', { file, tensor, actual });
  }
  return {
    metadata: userDefinedMetadata?.[METADATA_KEY],
    samples: userDefinedMetadata?.[SAMPLES_KEY],
    tensors: weights,
    load() {
      const expected = weights.reduce((sum, { shape }) => sum + sizeOf(shape) * FLOAT_BYTES, 0);
      const data = zip.read(`${folder}${WEIGHTS}`, expected);
      if (data.length !== expected) {
        const refuse = refusalOf('weights.header', file);
        throw refuse('tensors.bytes', { entry: WEIGHTS, bytes: data.length, expected });
      }
      let offset = 0;
      return weights.map(({ name, shape }) => {
        const values = new Float32Array(data.buffer, offset, sizeOf(shape)).slice();
        offset += values.byteLength;
        return { name, shape, values };
      });
    },
  };
}

/** The folder that the pair lies in, where it was packed again with that: `m-tfjs/`; else none. */
function folderOf(names: readonly string[]): string {
  const models = names.filter((name) => PACKED_MODEL.test(name) && !OF_SYSTEMS.test(name));
  const [only] = models;
  return only !== undefined && models.length === 1 ? only.slice(0, -MODEL.length) : '';
}

function parseModel(file: string, bytes: Uint8Array): v.InferOutput<typeof ModelSchema> {
  const refuse = refusalOf('weights.header', file);
  const parsed = v.safeParse(ModelSchema, parseJson(bytes, MODEL, refuse));
  if (parsed.success) return parsed.output;
  throw valueRefusal(refuse, parsed.issues[0], MODEL);
}

function endToEnd(tensors: readonly NamedTensor[]): Uint8Array {
  const total = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const all = new Uint8Array(total);
  let offset = 0;
  for (const { values } of tensors) {
    all.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return all;
}
