import { gzipSync } from 'node:zlib';
import { encodePng } from '../../formats/testing/pictureFiles.ts';
import { encodeTar, type LongNames } from '../../formats/testing/tarFile.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { strangeName } from './names.ts';

const BLOCK = 512;
const MOST_FILES = 20_000;
const DEEPEST = 5;
const picture = encodePng({ height: 16, width: 16, channels: 1 }, new Uint8Array(256));

/** tar files, packed or not: lengths and kinds that are not so, names of any length, tar in tar. */
export function hostileTar(dice: Dice): HostileInput {
  let bytes: Uint8Array<ArrayBuffer> = lied(dice, encodeTar(contents(dice), longNames(dice)));
  for (let depth = dice.size(DEEPEST); depth > 1; depth--) {
    bytes = encodeTar({ [`inner${depth}.tar`]: bytes, '0/a.png': picture });
  }
  const isPacked = dice.chance(0.5);
  const name = isPacked ? dice.pick(['set.tgz', 'set.tar.gz']) : 'set.tar';
  const files = [{ name, bytes: dice.spoilt(isPacked ? gzipSync(bytes) : bytes) }];
  return { door: 'importDataset', words: `tar${isPacked ? ', packed' : ''}`, files };
}

const longNames = (dice: Dice): LongNames => dice.pick(['prefix', 'GNU', 'pax']);

function contents(dice: Dice): Record<string, Uint8Array> {
  const count = Math.max(2, dice.size(dice.chance(0.9) ? 300 : MOST_FILES));
  const content = count > 300 ? picture.subarray(0, 1) : picture;
  const ending = dice.pick(['png', 'png', 'csv', 'zip', 'gz']);
  const names = Array.from({ length: count }, (_, i) => {
    const folder = dice.chance(0.05) ? strangeName(dice).slice(0, 60_000) : `${i % 5}`;
    return `${dice.chance(0.02) ? '../'.repeat(dice.whole(1, 60)) : ''}${folder}/${i}.${ending}`;
  });
  return Object.fromEntries(names.map((name) => [name, content]));
}

/** A few headers say something else, with a sum that is right again, or not. */
function lied(dice: Dice, tar: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let lies = dice.pick([0, 1, 1, 3]); lies > 0; lies--) {
    const place = BLOCK * dice.whole(0, Math.max(0, tar.length / BLOCK - 1));
    const header = tar.subarray(place, place + BLOCK);
    const put = (text: string, at: number) =>
      header.set(
        Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
        at,
      );
    dice.pick([
      () => put(`${dice.extent().toString(8).padStart(11, '0').slice(-11)}\0`, 124),
      // Longer than octal digits can say: binary, as GNU tar has it.
      () =>
        header.set(
          Uint8Array.from({ length: 12 }, (_, i) => (i === 0 ? 0x80 : dice.whole(0, 255))),
          124,
        ),
      () => header.fill(0xff, 124, 136),
      () => put(dice.pick(['-1', ' ', '99999999999', '0x10']), 124),
      () => put(dice.pick(['1', '2', '3', '5', '6', 'L', 'K', 'x', 'g', 'S', 'V', '\0']), 156),
      () => header.set(dice.bytes(100), 0),
    ])();
    if (dice.chance(0.8)) putSum(header);
  }
  return tar;
}

function putSum(header: Uint8Array): void {
  header.fill(0x20, 148, 156);
  const sum = header.reduce((a, b) => a + b, 0);
  const text = `${sum.toString(8).padStart(6, '0')}\0 `;
  header.set(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    148,
  );
}
