import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { encodeNpy } from '../../formats/testing/npyFiles.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { strangeName } from './names.ts';

/** Of data behind a header. */
const MOST_DATA = 2 ** 24;
const DESCRIPTIONS = ['|u1', '<f4', '<f8', '>i4', '<i8', '|b1', '<U1000', '|O', '<f2'];

/** IDX files whose extents are extreme, or promise other data than there is. */
export function hostileIdx(dice: Dice): HostileInput {
  const count = dice.pick([0, 1, 2, 3, 100, dice.extent()]);
  const [height, width] = dice.chance(0.5) ? [16, 16] : [dice.extent(), dice.extent()];
  const images = encodeIdx([count, height, width], data(dice, count * height * width));
  const labelCount = dice.chance(0.8) ? count : dice.extent();
  const labels = encodeIdx([labelCount], data(dice, labelCount));
  const isPacked = dice.chance(0.5);
  const file = (name: string, bytes: Uint8Array) => ({
    name: isPacked ? `${name}.gz` : name,
    bytes: dice.spoilt(isPacked ? several(dice, bytes) : bytes),
  });
  const names = dice.chance(0.8)
    ? ['train-images', 'train-labels']
    : [strangeName(dice), strangeName(dice)];
  const files = [file(`${names[0]}`, images), file(`${names[1]}`, labels)];
  return { door: 'importDataset', words: 'IDX', files };
}

/** One gzip member, or very many, of which some are empty. */
function several(dice: Dice, bytes: Uint8Array): Uint8Array {
  const member = gzipSync(bytes);
  if (dice.chance(0.7)) return member;
  const empty = gzipSync(new Uint8Array(0));
  const count = dice.size(50_000);
  const all = new Uint8Array(member.length + count * empty.length);
  for (let i = 0; i < count; i++) all.set(empty, i * empty.length);
  all.set(member, count * empty.length);
  return all;
}

/** Arrays of NumPy whose shapes, types and texts are extreme. */
export function hostileNumpy(dice: Dice): HostileInput {
  const arrays = Array.from({ length: dice.pick([1, 2, 2, 2, 5, dice.size(300)]) }, (_, i) =>
    array(dice, i),
  );
  const isOne = dice.chance(0.5);
  const npz = () => zipSync(Object.fromEntries(arrays.map(([name, bytes]) => [name, bytes])));
  const files = isOne
    ? [{ name: 'a.npz', bytes: dice.spoilt(npz()) }]
    : arrays.map(([name, bytes]) => ({ name, bytes: dice.spoilt(bytes) }));
  return { door: 'importDataset', words: 'NumPy', files };
}

function array(dice: Dice, i: number): [name: string, bytes: Uint8Array] {
  const name = `${dice.pick(['x', 'y', 'x_test', 'y_test', 'val'])}${i}.npy`;
  const descr = dice.chance(0.6) ? '|u1' : dice.pick(DESCRIPTIONS);
  const count = dice.pick([2, 3, 100, dice.extent()]);
  const shape = dice.pick([
    [count],
    [count, 16, 16],
    [count, 16, 16, 3],
    [count, dice.extent(), dice.extent()],
    Array.from({ length: dice.size(700) }, () => dice.extent()),
  ]);
  const items = shape.reduce((product, extent) => product * extent, 1);
  const bytes = encodeNpy(shape, data(dice, items * Number(/\d+$/.exec(descr)?.[0] ?? 1)), {
    ...{
      descr: dice.chance(0.95) ? descr : strangeName(dice).slice(0, 1000),
      fortran: dice.chance(0.1),
    },
  });
  return [name, bytes];
}

/** As much as the header promises where that is little, and where it is much, sometimes. */
function data(dice: Dice, promised: number): Uint8Array {
  const isKept = promised < 10_000 || (promised <= MOST_DATA && dice.chance(0.2));
  return new Uint8Array(isKept && dice.chance(0.9) ? promised : dice.size(10_000));
}
