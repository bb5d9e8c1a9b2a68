import type { Dice } from './dice.ts';
import { hostileGif } from './gifs.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJpeg } from './jpegs.ts';
import { hostileBmp, hostileWebp } from './otherPictures.ts';
import { hostilePng } from './pngs.ts';

const MOST_TOGETHER = 30;
/** Of all the files of a gesture. */
const MOST_BYTES = 2 ** 22;

const kinds = {
  png: hostilePng,
  gif: hostileGif,
  jpg: hostileJpeg,
  bmp: hostileBmp,
  webp: hostileWebp,
} as const;
const endings = Object.keys(kinds) as (keyof typeof kinds)[];

/** One picture for Draw, or pictures in two classes, the same one again and again. */
export function hostilePicture(dice: Dice): HostileInput {
  const ending = dice.pick(endings);
  const bytes = dice.spoilt(kinds[ending](dice));
  const name = `picture.${dice.chance(0.9) ? ending : dice.pick(endings)}`;
  if (dice.chance(0.4)) return { door: 'openPicture', words: ending, files: [{ name, bytes }] };
  const most = Math.min(MOST_TOGETHER, Math.floor(MOST_BYTES / Math.max(1, bytes.length)));
  const count = Math.max(2, dice.size(Math.max(2, most)));
  const files = Array.from({ length: count }, (_, i) => ({
    name: `${i % 2}/${i}.${ending}`,
    bytes,
  }));
  return { door: 'importDataset', words: `${count} times ${ending}`, files };
}
