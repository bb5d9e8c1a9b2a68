import * as v from 'valibot';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { ZipArchive } from '../archives/zip.ts';
import { refusalOf, valueRefusal } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { quoted } from '../text/quoted.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { METADATA_KEY } from '../weights/portableModel.ts';
import { MAX_MODEL_BYTES, OF_SYSTEMS } from '../weights/tfjsModel.ts';
import { refuseLargeFile } from '../weights/weightsFile.ts';
import type { StoredWeight } from './namedWeights.ts';
import { LabelsSchema, readLayersModel } from './readLayersModel.ts';

/**
 * What `model.save()` of TensorFlow.js and Keras's converter write, in a zip: a JSON with the layers and a
 * manifest of the weights, whose bytes lie end to end in one file or several. Files are looked for by the names that
 * the manifest has, in the folder of the JSON; where there is one of weights alone, by whatever name.
 */
const extent = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ModelSchema = v.object({
  format: v.optional(v.literal('layers-model'), 'layers-model'),
  generatedBy: v.nullish(v.string()),
  modelTopology: v.unknown(),
  weightsManifest: v.pipe(
    v.array(
      v.object({
        paths: v.pipe(v.array(v.string()), v.maxLength(64)),
        weights: v.pipe(
          v.array(
            v.strictObject({
              name: v.string(),
              shape: v.pipe(v.array(extent), v.maxLength(8)),
              dtype: v.picklist(['float32', 'int32', 'bool']),
            }),
          ),
          v.maxLength(1000),
        ),
      }),
    ),
    v.maxLength(64),
  ),
});
type Group = v.InferOutput<typeof ModelSchema>['weightsManifest'][number];

const numberBytes = { float32: 4, int32: 4, bool: 1 } as const;

/** The JSON of a model that this page has not written, if there is one. */
export function foreignModelIn(
  file: string,
  zip: ZipArchive,
): { entry: string; json: object } | undefined {
  const jsons = zip.names.filter((name) => /[.]json$/i.test(name) && !OF_SYSTEMS.test(name));
  const models = jsons.filter((name) => /(^|\/)model[.]json$/.test(name));
  const others = jsons.filter((name) => !/(^|\/)metadata[.]json$/.test(name));
  const [entry, ...more] = models.length > 0 ? models : others;
  if (entry === undefined || more.length > 0) return undefined;
  const refuse = refusalOf('weights.header', file);
  const json = parseJson(zip.read(entry, MAX_MODEL_BYTES), baseOf(entry), refuse);
  const isModel = typeof json === 'object' && json !== null && 'weightsManifest' in json;
  return isModel && !isOurs(json) ? { entry, json } : undefined;
}

function isOurs(json: object): boolean {
  const own = v.object({ userDefinedMetadata: v.object({ [METADATA_KEY]: v.unknown() }) });
  const { success, output } = v.safeParse(own, json);
  return success && Object.hasOwn(output.userDefinedMetadata, METADATA_KEY);
}

export function readTfjsFiles(
  file: string,
  zip: ZipArchive,
  { entry, json }: { entry: string; json: object },
  fileBytes: number,
): PortableModel {
  const refuse = refusalOf('layers.unreadable', file);
  const parsed = v.safeParse(ModelSchema, json);
  if (!parsed.success) throw valueRefusal(refuse, parsed.issues[0], baseOf(entry));
  const { modelTopology, weightsManifest, generatedBy } = parsed.output;
  const folder = entry.slice(0, -baseOf(entry).length);
  const labels = v.safeParse(LabelsSchema, besideJson(file, zip, `${folder}metadata.json`));
  return readLayersModel(file, {
    topology: modelTopology,
    weights: weightsOf(file, zip, folder, weightsManifest),
    classNames: labels.success ? labels.output.labels : undefined,
    application: generatedBy || 'TensorFlow.js',
    fileBytes,
  });
}

function weightsOf(
  file: string,
  zip: ZipArchive,
  folder: string,
  groups: readonly Group[],
): StoredWeight[] {
  const bytesOf = ({ weights }: Group) =>
    weights.reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * numberBytes[dtype], 0);
  const all = groups.reduce((sum, group) => sum + bytesOf(group), 0);
  refuseLargeFile(file, Math.min(all, Number.MAX_SAFE_INTEGER));
  return groups.flatMap((group) => {
    const expected = bytesOf(group);
    const entries = group.paths.map((path) => entryOf(file, zip, folder, path, groups));
    const bytes = entries.reduce((sum, entry) => sum + zip.mostBytes(entry), 0);
    if (bytes !== expected) {
      const params = { entry: quoted(group.paths.join(', ')), bytes, expected };
      throw refusalOf('layers.unreadable', file)('tensors.bytes', params);
    }
    const data = new Uint8Array(expected);
    let read = 0;
    for (const entry of entries) {
      const part = zip.read(entry, expected - read);
      data.set(part, read);
      read += part.length;
    }
    let start = 0;
    return group.weights.map(({ name, shape, dtype }) => {
      const bytes = data.subarray(start, start + sizeOf(shape) * numberBytes[dtype]);
      start += bytes.length;
      return { name, shape, dtype, bytes };
    });
  });
}

/** No path leads anywhere but to an entry of the zip. */
function entryOf(
  file: string,
  zip: ZipArchive,
  folder: string,
  path: string,
  groups: readonly Group[],
): string {
  const binaries = zip.names.filter((name) => /[.]bin$/i.test(name) && !OF_SYSTEMS.test(name));
  const [only, ...more] = binaries;
  const isOneOfOne = more.length === 0 && groups.length === 1 && groups[0]?.paths.length === 1;
  const named = `${folder}${path.replace(/^[.]\//, '')}`;
  const entry = zip.names.includes(named) ? named : isOneOfOne ? only : undefined;
  if (entry === undefined) {
    throw new WorkbenchError('weights.zipEntry', { file, entry: quoted(named) });
  }
  return entry;
}

/** What another file says, where there is one: nothing that is wrong with it is in the way of the model. */
function besideJson(file: string, zip: ZipArchive, name: string): unknown {
  if (!zip.names.includes(name)) return undefined;
  try {
    const refuse = refusalOf('weights.header', file);
    return parseJson(zip.read(name, MAX_MODEL_BYTES), name, refuse);
  } catch {
    return undefined;
  }
}

const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
