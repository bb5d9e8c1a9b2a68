import {
  type ArchitectureChoice,
  buildArchitecture,
} from '../../domain/architecture/architecture.ts';
import { tinyModel } from '../../formats/testing/tinyModel.ts';
import { writeWeights } from '../../formats/weights/weightsFile.ts';
import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJson, withStrangeValues } from './jsons.ts';
import { lyingZip } from './lyingZip.ts';
import { strangeName } from './names.ts';

const MOST_TENSORS = 3000;
const models = { safetensors: tinyModel('lenet5'), tfjs: tinyModel('lenet5', 2) };
const valid = {
  safetensors: writeWeights(models.safetensors, 'safetensors').bytes,
  tfjs: writeWeights(models.tfjs, 'tfjs').bytes,
};

/** Weights files of both formats: headers that lie, whole ones with a few other values, none at all. */
export function hostileWeights(dice: Dice): HostileInput {
  const [words, bytes] = dice.pick(attempts)(dice);
  const ending = dice.pick(['safetensors', 'zip', 'bin']);
  const name = `${dice.chance(0.2) ? strangeName(dice) : 'weights'}.${ending}`;
  return { door: 'importWeights', words, files: [{ name, bytes: dice.spoilt(bytes) }] };
}

type Attempt = (dice: Dice) => [words: string, bytes: Uint8Array];

const attempts: readonly Attempt[] = [
  (dice) => ['safetensors with other values', otherSafetensors(dice)],
  (dice) => ['a header of any JSON', safetensorsOf(hostileJson(dice), dice)],
  (dice) => ['many tensors', safetensorsOf(JSON.stringify(manyTensors(dice)), dice)],
  (dice) => ['a TensorFlow.js model with other values', modelZip(otherModel(dice), dice)],
  (dice) => ['a model of any JSON', modelZip(hostileJson(dice), dice)],
  (dice) => ['a whole file', valid[dice.pick(['safetensors', 'tfjs'] as const)]],
];

function headerOf(bytes: Uint8Array): { header: object; data: Uint8Array } {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return { header, data: bytes.subarray(8 + length) };
}

/** What is said of the model is a text within the header. */
function otherSafetensors(dice: Dice): Uint8Array {
  const { header, data } = headerOf(valid.safetensors);
  const share = dice.pick([0.003, 0.01, 0.05]);
  const { __metadata__: said, ...tensors } = header as { __metadata__: { workbench: string } };
  const model = withStrangeValues(JSON.parse(said.workbench), dice, share);
  const text = dice.chance(0.2) ? hostileJson(dice) : JSON.stringify(model);
  const others = dice.chance(0.5) ? (withStrangeValues(tensors, dice, share) as object) : tensors;
  return safetensorsOf(
    JSON.stringify({ __metadata__: { workbench: text }, ...others }),
    dice,
    data,
  );
}

function safetensorsOf(
  header: string,
  dice: Dice,
  data: Uint8Array = new Uint8Array(dice.size(10_000)),
) {
  const json = new TextEncoder().encode(header);
  const length = dice.chance(0.8) ? json.length : dice.extent();
  return new ByteWriter().u64(BigInt(length)).bytes(json).bytes(data).done();
}

function manyTensors(dice: Dice): object {
  const tensor = () => ({
    dtype: dice.pick(['F32', 'F64', 'I8']),
    shape: Array.from({ length: dice.size(2000) }, () => dice.extent()),
    data_offsets: [dice.extent(), dice.extent()],
  });
  return Object.fromEntries(
    Array.from({ length: dice.size(MOST_TENSORS) }, (_, i) => [`${i}`, tensor()]),
  );
}

function otherModel(dice: Dice): string {
  const choice: ArchitectureChoice = models.tfjs.architecture;
  const { tensors, ...metadata } = models.tfjs;
  const model = {
    format: 'layers-model',
    modelTopology: { layers: buildArchitecture(choice).layers },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: { workbench: { formatVersion: 1, ...metadata } },
  };
  return JSON.stringify(withStrangeValues(model, dice, dice.pick([0, 0.003, 0.02])));
}

function modelZip(json: string, dice: Dice): Uint8Array {
  const total = models.tfjs.tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const weights = new Uint8Array(dice.chance(0.7) ? total : dice.size(2 ** 25));
  if (dice.chance(0.3)) weights.fill(0xff, 0, 4);
  return lyingZip([
    { name: 'model.json', content: new TextEncoder().encode(json) },
    {
      ...{ name: 'weights.bin', content: weights, isStored: dice.chance(0.5) },
      ...(dice.chance(0.2) && { said: { bytes: dice.extent() } }),
    },
  ]);
}
