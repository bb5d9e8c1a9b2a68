import { deflateRawSync, gzipSync } from 'node:zlib';
import { encodePng } from '../../formats/testing/pictureFiles.ts';
import type { Dice } from './dice.ts';
import type { HostileFile, HostileInput } from './hostileInput.ts';
import { type LyingEntry, lyingZip } from './lyingZip.ts';
import { strangeName } from './names.ts';

/** What inflates to a thousand times its length. */
const MOST_ZEROS = 2 ** 25;
const MOST_ENTRIES = 150_000;
const DEEPEST = 6;

const square = (side: number) =>
  encodePng({ height: side, width: side, channels: 1 }, new Uint8Array(side * side));
const picture = square(16);

/** Zip files, and what else holds files: trees of them, shared and overlapping entries, sizes that are not so. */
export function hostileZip(dice: Dice): HostileInput {
  const [words, bytes] = dice.pick(attempts)(dice);
  const name = dice.chance(0.2) ? `${strangeName(dice)}.zip` : 'set.zip';
  return { door: 'importDataset', words, files: [{ name, bytes: dice.spoilt(bytes) }] };
}

type Attempt = (dice: Dice) => [words: string, bytes: Uint8Array];

const attempts: readonly Attempt[] = [
  (dice) => ['a tree of zip files', tree(dice, dice.whole(2, DEEPEST))],
  (dice) => ['entries that share their data', sharing(dice)],
  (dice) => ['sizes that are not so', lyingZip(range(dice.whole(1, 20), (i) => liar(dice, i)))],
  (dice) => ['zeros', zeros(dice)],
  (dice) => ['very many entries', many(dice)],
  (dice) => ['counts that are not so', lyingZip(pictures(dice.whole(1, 9)), lies(dice))],
  (dice) => ['names from everywhere', lyingZip(range(dice.whole(2, 200), (i) => named(dice, i)))],
  (dice) => ['many small zip files', lyingZip(range(dice.size(300), () => nest(dice)))],
];

const range = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const pictures = (count: number): LyingEntry[] =>
  range(count, (i) => ({ name: `${i % 2}/${i}.png`, content: picture }));

/** Each holds the same one many times over. */
function tree(dice: Dice, depth: number): Uint8Array {
  if (depth === 0) return lyingZip(pictures(dice.whole(1, 4)));
  const content = tree(dice, depth - 1);
  const count = dice.size(depth === 1 ? 60 : 12);
  const isShared = dice.chance(0.5);
  return lyingZip(
    range(count, (i) => ({
      name: `${i}.zip`,
      content: dice.chance(0.1) ? gzipSync(content) : content,
      ...(isShared && i > 0 && { sharesDataOf: 0 }),
    })),
  );
}

function sharing(dice: Dice): Uint8Array {
  const count = dice.size(3000);
  const content = dice.chance(0.5) ? lyingZip(pictures(dice.size(500))) : picture;
  const name = content === picture ? '0/first.png' : 'first.zip';
  const others = range(count, (i) => ({
    name: `1/${i}${name.slice(-4)}`,
    content,
    sharesDataOf: 0,
  }));
  return lyingZip([{ name, content }, ...others]);
}

function liar(dice: Dice, i: number): LyingEntry {
  const field = dice.pick(['packedBytes', 'bytes', 'crc', 'method', 'flags'] as const);
  const value = field === 'method' || field === 'flags' ? dice.whole(0, 65_535) : dice.extent();
  const isStored = dice.chance(0.5);
  return { name: `${i % 2}/${i}.png`, content: picture, isStored, said: { [field]: value } };
}

function zeros(dice: Dice): Uint8Array {
  const content = new Uint8Array(dice.size(MOST_ZEROS));
  const names = [
    'train-images-idx3-ubyte',
    'data_batch_1.bin',
    'a.csv',
    'inner.zip',
    'x.npy',
    '0/a.png',
  ];
  const name = dice.pick(names);
  const packed = deflateRawSync(content);
  const entry = (i: number): LyingEntry => ({
    ...{ name: i === 0 ? name : `${i}/${name}`, content, packed },
    ...(dice.chance(0.1) && { said: { bytes: dice.extent() } }),
  });
  return lyingZip(range(dice.size(50), entry));
}

function many(dice: Dice): Uint8Array {
  const empty = new Uint8Array(0);
  const content = dice.chance(0.5) ? empty : picture.subarray(0, dice.whole(0, 40));
  const ending = dice.pick(['', '.png', '.csv', '/', '.txt']);
  const entry = (i: number) => ({ name: `${i % 7}/${i}${ending}`, content, isStored: true });
  return lyingZip(range(dice.size(MOST_ENTRIES), entry));
}

function lies(dice: Dice): Parameters<typeof lyingZip>[1] {
  const place = () => BigInt(dice.extent()) * (dice.chance(0.2) ? 2n ** 31n : 1n);
  return {
    ...(dice.chance(0.5) && { count: dice.whole(0, 65_535) }),
    ...(dice.chance(0.7) && {
      zip64: { count: place(), start: place(), ...(dice.chance(0.3) && { place: place() }) },
    }),
    ...(dice.chance(0.3) && { comment: dice.bytes(dice.size(60_000)) }),
  };
}

function named(dice: Dice, i: number): LyingEntry {
  const path = dice.pick([
    () => `${strangeName(dice)}/${i}.png`,
    () => `${'../'.repeat(dice.whole(1, 9))}${i}.png`,
    () => `${'a/'.repeat(dice.size(5000))}${i}.png`,
    () => `__MACOSX/${i}.png`,
    () => `C:\\${i}.png`,
    () => `${strangeName(dice)}_${i}.png`,
  ])();
  return { name: path.slice(0, 60_000), content: picture };
}

function nest(dice: Dice): LyingEntry {
  return { name: `${dice.whole(0, 2 ** 31)}.zip`, content: lyingZip(pictures(dice.whole(0, 2))) };
}

/** The same files loose, as a folder that was dropped has them. */
export function hostileFolder(dice: Dice): HostileInput {
  const count = dice.size(3000);
  const file = (i: number): HostileFile => ({
    name: `${dice.chance(0.1) ? strangeName(dice) : i % 5}/${i}.png`,
    bytes: picture,
  });
  return { door: 'importDataset', words: 'a folder', files: range(Math.max(1, count), file) };
}
