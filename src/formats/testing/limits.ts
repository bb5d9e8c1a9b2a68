import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  buildArchitecture,
  trainableArchitectures,
} from '../../domain/architecture/architecture.ts';
import { sizeOf, weightSpecs } from '../../domain/architecture/shapes.ts';
import { checkedClassNames, LONGEST_CLASS_NAME } from '../../domain/data/classNames.ts';
import {
  classCounts,
  MAX_PIXEL_BYTES,
  MOST_LISTED_FILES,
  MOST_SET_FILES,
} from '../../domain/data/dataset.ts';
import { idxFileBytes, MAX_IDX_BYTES, MAX_IDX_LABELS } from '../../domain/data/idx.ts';
import { addressesOf, MOST_FILES } from '../../domain/data/knownDatasets.ts';
import {
  MOST_DRAWING_SIDE,
  MOST_DRAWINGS,
  MOST_DRAWN_PIXELS,
} from '../../domain/drawing/drawings.ts';
import { sourceSides } from '../../domain/pictures/imageSides.ts';
import { pictureLimits } from '../../domain/pictures/largePicture.ts';
import { recipeRanges } from '../../domain/recipe/recipe.ts';
import { ByteWriter } from '../../testing/hostile/byteWriter.ts';
import { lyingZip } from '../../testing/hostile/lyingZip.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { openZip } from '../archives/zip.ts';
import { MAX_ENTRIES } from '../archives/zipDirectory.ts';
import { refuseSizes } from '../dataset/assembleDataset.ts';
import { MAX_BYTES, readClassNames } from '../dataset/classNames.ts';
import { readDataset } from '../dataset/readDataset.ts';
import { ReadingProgress } from '../dataset/readingProgress.ts';
import { MOST_FILE_BYTES, readDrawings, refuseLongFile } from '../drawings/drawingsFile.ts';
import { MOST_SHARED, MOST_WEIGHTS, NetworkBuilder } from '../exchange/networkBuilder.ts';
import { Budget, MOST_ARCHIVE_BYTES, MOST_ARCHIVES, MOST_UNPACKED_BYTES } from '../files/budget.ts';
import { blobFile, MAX_TEXT_BYTES, zipEntryFile } from '../files/datasetFile.ts';
import { MAX_DEPTH as MAX_ARCHIVES_DEPTH } from '../files/expandFiles.ts';
import { ModelProtoSchema, TensorProtoSchema } from '../onnx/onnxSchema.ts';
import { floatTensor, node } from '../onnx/protos.ts';
import { readOnnx } from '../onnx/readOnnx.ts';
import { MOST_FIELDS, MOST_LIST_BYTES, refuseCostly } from '../onnx/refuseCostly.ts';
import { refusalOf } from '../refusal.ts';
import { MAX_DEPTH, MAX_VALUES, parseJson } from '../text/parseJson.ts';
import { MAX_HEADER_BYTES, readSafetensors } from '../weights/safetensors.ts';
import { MAX_TENSORS, readHeaderEntries } from '../weights/safetensorsHeader.ts';
import { MAX_MODEL_BYTES, openTfjsModel } from '../weights/tfjsModel.ts';
import { MAX_FILE_BYTES, refuseLargeFile, writeWeights } from '../weights/weightsFile.ts';
import { encodeGif } from './gifFile.ts';
import { encodeIdx } from './idxFiles.ts';
import { encodePng } from './pictureFiles.ts';
import { blobs } from './sameDataset.ts';
import { images16 } from './smallSets.ts';
import { tinyModel } from './tinyModel.ts';

/** A constant, and what meets it with something that has so much. */
export interface Limit {
  readonly value: number;
  readonly meet: (amount: number) => unknown;
  /** The most that this page writes itself. */
  readonly written?: () => number;
  /** Where things come in pieces: so much is one more. */
  readonly step?: number;
}

const text = (content: string) => new TextEncoder().encode(content);
const empty = new Uint8Array(0);
const range = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const SIDE_1024 = 2 ** 20;
const SIDE_8192 = 8192;

/** Some pictures that say they have these sides; none is decoded. */
const picturesOf = (width: number, height = 16) => {
  const png = encodePng({ height: 16, width: 16, channels: 1 }, images16(1));
  new DataView(png.buffer).setUint32(16, width);
  new DataView(png.buffer).setUint32(20, height);
  return { 'a/1.png': png, 'b/2.png': png };
};
const gifsOf = (width: number, height: number) => {
  const gif = encodeGif([1, 1], [0, 0, 1, 1]);
  new DataView(gif.buffer).setUint16(6, width, true);
  new DataView(gif.buffer).setUint16(8, height, true);
  return { 'a/1.gif': gif, 'b/2.gif': gif };
};
const progress = new ReadingProgress(0, {});
const untold = { choices: {}, assume: () => undefined, progress };
const decodePicture = async () => ({ height: 16, width: 16, rgba: new Uint8Array(1024) });
const nested = (depth: number): Uint8Array<ArrayBuffer> =>
  lyingZip(
    depth === 1
      ? Object.entries(picturesOf(16)).map(([name, content]) => ({ name, content }))
      : [{ name: 'inner.zip', content: nested(depth - 1) }],
  );
const drawingsOf = (count: number, width: number, height: number) =>
  text(
    JSON.stringify({
      ...{ format: 'alexnet-workbench drawings', version: 1 },
      drawings: range(count, (i) => ({
        ...{ id: `${i}`, createdAt: 1, className: '7', width, height, pixels: '' },
      })),
    }),
  );
const tensor = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
const json = refusalOf('weights.header', 'a');

/** By their constants, as docs/limits.md names them. */
export const limits: Readonly<Record<string, Limit>> = {
  MAX_PIXEL_BYTES: {
    value: MAX_PIXEL_BYTES,
    meet: (bytes) => refuseSizes('a', { height: 64, width: 64, channels: 1 }, bytes / 4096),
    step: 4096,
  },
  MAX_IDX_BYTES: {
    value: MAX_IDX_BYTES,
    meet: (bytes) => idxFileBytes('a', encodeIdx([bytes, 1, 1], [])),
  },
  MAX_IDX_LABELS: {
    value: MAX_IDX_LABELS,
    meet: (labels) => idxFileBytes('a', encodeIdx([labels], [])),
  },
  'sourceSides.max': {
    value: sourceSides.max,
    meet: (side) => refuseSizes('a', { height: 16, width: side, channels: 1 }, 2),
  },
  'pictureLimits.side': {
    value: pictureLimits.side,
    meet: (side) => readDataset(blobs(picturesOf(side)), { decodePicture }),
  },
  'pictureLimits.pixels': {
    value: pictureLimits.pixels,
    meet: (pixels) =>
      readDataset(blobs(picturesOf(pixels / SIDE_8192, SIDE_8192)), { decodePicture }),
    step: SIDE_8192,
  },
  'pictureLimits.gifPixels': {
    value: pictureLimits.gifPixels,
    meet: (pixels) => readDataset(blobs(gifsOf(pixels / SIDE_8192, SIDE_8192)), { decodePicture }),
    step: SIDE_8192,
  },
  MOST_SET_FILES: {
    value: MOST_SET_FILES,
    meet: (files) => new Budget().takeEntries('a', files, 0),
  },
  MOST_LISTED_FILES: {
    value: MOST_LISTED_FILES,
    meet: (count) =>
      openZip('a', lyingZip([], { zip64: { count: BigInt(count), start: 0n } }), MOST_LISTED_FILES),
  },
  MOST_ARCHIVES: {
    value: MOST_ARCHIVES,
    meet(count) {
      const budget = new Budget();
      for (let i = 0; i < count; i++) budget.takeArchive('a', 0);
    },
  },
  MOST_ARCHIVE_BYTES: {
    value: MOST_ARCHIVE_BYTES,
    meet: (bytes) => new Budget().takeArchive('a', bytes),
  },
  MOST_UNPACKED_BYTES: {
    value: MOST_UNPACKED_BYTES,
    meet: (bytes) => new Budget().takeEntries('a', 1, bytes),
  },
  'MAX_DEPTH of archives': {
    value: MAX_ARCHIVES_DEPTH,
    meet: (depth) => readDataset(blobs({ 'a.zip': nested(depth) }), { decodePicture }),
  },
  MAX_TEXT_BYTES: {
    value: MAX_TEXT_BYTES,
    async meet(bytes) {
      const zip = lyingZip([{ name: 'a.csv', content: empty, said: { bytes } }]);
      for await (const _ of zipEntryFile('a', openZip('a', zip), 'a.csv').pieces(progress.advance));
    },
  },
  'classCounts.max': {
    value: classCounts.max,
    meet: (classes) => {
      const blob = new Blob([range(classes, (i) => `${i}`).join('\n')]);
      return readClassNames(blobFile({ name: 'a', blob }), untold);
    },
  },
  LONGEST_CLASS_NAME: {
    value: LONGEST_CLASS_NAME,
    meet: (letters) => checkedClassNames(['x'.repeat(letters), 'b'], 2),
  },
  'MAX_BYTES of class names': {
    value: MAX_BYTES,
    meet: (bytes) =>
      readClassNames(
        blobFile({ name: 'a', blob: new Blob([new Uint8Array(bytes).fill(0x0a)]) }),
        untold,
      ),
  },
  MOST_FILES: {
    value: MOST_FILES,
    meet(count) {
      const urls = addressesOf(range(count, (i) => `https://a.example/${i}`).join('\n'));
      if (!urls) throw new WorkbenchError('dataset.address', { address: 'a', most: MOST_FILES });
    },
  },
  MAX_FILE_BYTES: {
    value: MAX_FILE_BYTES,
    meet: (bytes) => refuseLargeFile('a', bytes),
    written: () => largestSpecs.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0),
  },
  MAX_HEADER_BYTES: {
    value: MAX_HEADER_BYTES,
    meet: (bytes) =>
      readSafetensors('a', new ByteWriter().u64(BigInt(bytes)).bytes(new Uint8Array(bytes)).done()),
    written: () => Number(new DataView(wordy('safetensors').buffer).getBigUint64(0, true)),
  },
  MAX_TENSORS: {
    value: MAX_TENSORS,
    meet: (count) =>
      readHeaderEntries('a', Object.fromEntries(range(count, (i) => [`${i}`, tensor]))),
    written: () => largestSpecs.length,
  },
  MOST_FIELDS: {
    value: MOST_FIELDS,
    // The version of the format, over and over.
    meet: (count) => readOnnx('a', new Uint8Array(2 * count).fill(8)),
  },
  MOST_LIST_BYTES: {
    value: MOST_LIST_BYTES,
    step: 32,
    // Of a tensor, the list of 64-bit whole numbers: a byte each.
    meet: (bytes) =>
      refuseCostly(
        ...(['a', TensorProtoSchema] as const),
        new BinaryWriter()
          .tag(7, WireType.LengthDelimited)
          .bytes(new Uint8Array(bytes / 32))
          .finish(),
      ),
  },
  MOST_WEIGHTS: {
    value: MOST_WEIGHTS,
    meet(count) {
      const tensor = floatTensor('w', [count], Float32Array.of(0));
      const graph = { node: [node('Relu', 'r', ['x'], 'y')], initializer: [tensor] };
      readOnnx('a', toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph })));
    },
    written: () => largestSpecs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  },
  MOST_SHARED: {
    value: MOST_SHARED,
    meet: (count) =>
      new NetworkBuilder({ height: 16, width: 16, channels: 1 }, 0).spend({
        values: new Float32Array(count),
      }),
  },
  MAX_ENTRIES: {
    value: MAX_ENTRIES,
    meet: (count) =>
      openZip('a', lyingZip(range(count, (i) => ({ name: `${i}`, content: empty })))),
    written: () => openZip('a', wordy('tfjs')).names.length,
  },
  MAX_MODEL_BYTES: {
    value: MAX_MODEL_BYTES,
    meet: (bytes) =>
      openTfjsModel('a', lyingZip([{ name: 'model.json', content: empty, said: { bytes } }])),
    written: () => openZip('a', wordy('tfjs')).read('model.json', 2 ** 30).length,
  },
  'MAX_DEPTH of JSON': {
    value: MAX_DEPTH,
    meet: (levels) => parseJson(text('['.repeat(levels) + ']'.repeat(levels)), 'a', json),
  },
  MAX_VALUES: {
    value: MAX_VALUES,
    // The list is one of them, and one is counted behind its last comma.
    meet: (values) => parseJson(text(`[${'0,'.repeat(values - 2)}0]`), 'a', json),
  },
  MOST_FILE_BYTES: { value: MOST_FILE_BYTES, meet: (bytes) => refuseLongFile('a', bytes) },
  MOST_DRAWINGS: {
    value: MOST_DRAWINGS,
    meet: (count) => readDrawings('a', drawingsOf(count, 1, 1)),
  },
  MOST_DRAWING_SIDE: {
    value: MOST_DRAWING_SIDE,
    meet: (side) => readDrawings('a', drawingsOf(1, side, 1)),
  },
  MOST_DRAWN_PIXELS: {
    value: MOST_DRAWN_PIXELS,
    meet: (pixels) => readDrawings('a', drawingsOf(pixels / SIDE_1024, 1024, 1024)),
    step: SIDE_1024,
  },
};

/** Of the largest network of every kind. */
const networks = trainableArchitectures.map((id) =>
  weightSpecs(
    buildArchitecture({
      ...{ id, width: recipeRanges.width.max, classes: classCounts.max, dropout: 0.5 },
      ...{ normalization: 'batch', input: { height: 64, width: 64, channels: 3 } },
    }),
  ),
);
const largestSpecs = networks.toSorted((a, b) => weightsOf(b) - weightsOf(a))[0] ?? [];
function weightsOf(specs: (typeof networks)[number]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** A file of weights with as long names as there may be, and as many. */
function wordy(format: 'safetensors' | 'tfjs'): Uint8Array<ArrayBuffer> {
  const classNames = range(classCounts.max, () => '字'.repeat(LONGEST_CLASS_NAME));
  return writeWeights(tinyModel('alexnet', 1, { classNames }, 'batch'), format).bytes;
}
