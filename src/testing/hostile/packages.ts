import { openZip } from '../../formats/archives/zip.ts';
import { writePytorch } from '../../formats/pytorch/writePytorch.ts';
import { tinyModel } from '../../formats/testing/tinyModel.ts';
import { readSafetensors, writeSafetensors } from '../../formats/weights/safetensors.ts';
import { writeWeights } from '../../formats/weights/weightsFile.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJson, withStrangeValues } from './jsons.ts';
import { type LyingEntry, lyingZip } from './lyingZip.ts';
import { strangeName } from './names.ts';

/** Models in folders: PyTorch's, state dicts alone, and the file of all runs that this page writes. */

const model = tinyModel('lenet5');
const torch = openZip('torch', writePytorch(model));
const torchFiles = new Map(
  torch.names.map((name) => [name, torch.read(name, torch.mostBytes(name))]),
);
const torchWeights = torchFiles.get('model.safetensors') ?? new Uint8Array(0);
const weights = writeWeights(model, 'safetensors');
const curve = new TextEncoder().encode('step,loss,accuracy\n1,2.3,0.1\n');
const MOST_RUNS = 500;

export function hostilePytorch(dice: Dice): HostileInput {
  const isFolder = dice.chance(0.5);
  const state = dice.chance(0.7) ? otherState(dice) : torchWeights;
  const entries = [...torchFiles].map(([name, content]) =>
    lied(
      dice,
      name.endsWith('.safetensors')
        ? { name: nested(dice, name), content: state }
        : { name, content },
    ),
  );
  const bytes = dice.spoilt(isFolder ? lyingZip(entries) : state);
  const name = isFolder ? 'model-pytorch.zip' : 'model.safetensors';
  return {
    door: 'importWeights',
    words: isFolder ? 'a PyTorch folder' : 'a state dict',
    files: [{ name, bytes }],
  };
}

const nested = (dice: Dice, name: string) =>
  dice.chance(0.3) ? `${strangeName(dice)}/${name}` : name;

/** Some tensors have other names, types' lengths or shapes, and what is said of them is missing or other. */
function otherState(dice: Dice): Uint8Array {
  const { tensors, metadata } = readSafetensors('torch', torchWeights);
  const changed = tensors
    .filter(() => !dice.chance(0.05))
    .map(({ name, shape, values }) => {
      const isOther = dice.chance(0.1);
      const length = isOther ? dice.size(2 ** 16) : values.length;
      return {
        name: dice.chance(0.05) ? strangeName(dice) : name,
        shape: isOther ? [length] : shape,
        values: isOther ? new Float32Array(length).fill(dice.pick([0, Number.NaN, 1e38])) : values,
      };
    });
  const said = dice.pick([
    {},
    metadata,
    withStrangeTexts(metadata, dice),
    { format: 'pt', workbench: hostileJson(dice) },
  ]);
  return writeSafetensors(changed, said);
}

function withStrangeTexts(
  texts: Readonly<Record<string, string>>,
  dice: Dice,
): Record<string, string> {
  const changed = Object.entries(texts).map(([key, text]): [string, string] => {
    if (key !== 'workbench') return [key, dice.chance(0.3) ? strangeName(dice) : text];
    return [
      key,
      JSON.stringify(withStrangeValues(JSON.parse(text), dice, dice.pick([0.003, 0.02])) ?? null),
    ];
  });
  return Object.fromEntries(changed);
}

/** As the file of all runs: a folder a run, of weights and curves. */
export function hostileRuns(dice: Dice): HostileInput {
  const count = Math.max(1, dice.size(dice.chance(0.9) ? 20 : MOST_RUNS));
  const entries = Array.from({ length: count }, (_, i) => {
    const folder = dice.chance(0.1) ? strangeName(dice).slice(0, 30_000) : `${i}-run`;
    return [
      lied(dice, { name: `${folder}/${weights.name}`, content: weights.bytes, isStored: true }),
      lied(dice, { name: `${folder}/history.csv`, content: curve }),
    ];
  });
  const bytes = dice.spoilt(lyingZip(entries.flat()));
  return { door: 'importWeights', words: 'a file of runs', files: [{ name: 'runs.zip', bytes }] };
}

function lied(dice: Dice, entry: LyingEntry): LyingEntry {
  if (dice.chance(0.9)) return entry;
  const field = dice.pick(['packedBytes', 'bytes', 'crc', 'method'] as const);
  return { ...entry, said: { [field]: field === 'method' ? dice.whole(0, 99) : dice.extent() } };
}
