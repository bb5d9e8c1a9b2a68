import { at } from '../../util/assert.ts';
import { hostileIdx, hostileNumpy } from './arrays.ts';
import { Dice } from './dice.ts';
import { hostileDrawings } from './drawingFiles.ts';
import { hostileGzip } from './gzips.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostilePicture } from './pictures.ts';
import { hostileCifar, hostileCsv } from './tables.ts';
import { hostileWeights } from './weights.ts';
import { hostileFolder, hostileZip } from './zips.ts';

/** In turns, so that a few hundred inputs have each kind as often. */
const kinds = {
  'zip files': hostileZip,
  pictures: hostilePicture,
  weights: hostileWeights,
  gzip: hostileGzip,
  IDX: hostileIdx,
  NumPy: hostileNumpy,
  CSV: hostileCsv,
  drawings: hostileDrawings,
  folders: hostileFolder,
  'more pictures': hostilePicture,
  CIFAR: hostileCifar,
} as const;

export const hostileKinds = Object.keys(kinds);

/** The input of this index, as this seed has it. */
export function hostileInput(seed: number, index: number): HostileInput {
  return at(Object.values(kinds), index % hostileKinds.length)(new Dice(seed, index));
}
