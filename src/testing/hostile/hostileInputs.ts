import { at } from '../../util/assert.ts';
import { hostileIdx, hostileNumpy } from './arrays.ts';
import { Dice } from './dice.ts';
import { hostileDrawings } from './drawingFiles.ts';
import { hostileGzip } from './gzips.ts';
import type { Door, HostileInput } from './hostileInput.ts';
import { hostileOnnx } from './onnxFiles.ts';
import { hostilePytorch, hostileRuns } from './packages.ts';
import { hostilePicture } from './pictures.ts';
import { hostileCifar, hostileCsv } from './tables.ts';
import { hostileTar } from './tars.ts';
import { hostileWeights } from './weights.ts';
import { hostileFolder, hostileZip } from './zips.ts';

/** In turns, so that a few hundred inputs have each kind as often. */
const kinds = {
  'zip files': hostileZip,
  pictures: hostilePicture,
  weights: hostileWeights,
  gzip: hostileGzip,
  IDX: hostileIdx,
  ONNX: hostileOnnx,
  NumPy: hostileNumpy,
  CSV: hostileCsv,
  drawings: hostileDrawings,
  'tar files': hostileTar,
  folders: hostileFolder,
  PyTorch: hostilePytorch,
  'more pictures': hostilePicture,
  CIFAR: hostileCifar,
  runs: hostileRuns,
} as const;

export const hostileKinds = Object.keys(kinds);

const doors: readonly Door[] = ['importDataset', 'importWeights', 'importDrawings', 'openPicture'];
/** Nothing holds people to the door that is meant for a file. */
const OTHER_DOOR = 0.08;

/** The input of this index, as this seed has it. */
export function hostileInput(seed: number, index: number): HostileInput {
  const dice = new Dice(seed, index);
  const input = at(Object.values(kinds), index % hostileKinds.length)(dice);
  if (!dice.chance(OTHER_DOOR)) return input;
  const door = dice.pick(doors);
  return { ...input, door, words: `${input.words}, at another door` };
}
