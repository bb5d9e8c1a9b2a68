import { gzipSync } from 'node:zlib';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJson, withStrangeValues } from './jsons.ts';
import { strangeName } from './names.ts';

const MOST_DRAWINGS = 1500;
const sides = [1, 28, 280, 1024, 1025];

/** Files of drawings: any JSON, drawings in number and of any side, pixels that unpack to something else. */
export function hostileDrawings(dice: Dice): HostileInput {
  const isAny = dice.chance(0.3);
  const text = isAny ? hostileJson(dice) : JSON.stringify(drawings(dice));
  const bytes = dice.spoilt(new TextEncoder().encode(text));
  const words = isAny ? 'any JSON' : 'drawings';
  return { door: 'importDrawings', words, files: [{ name: 'drawings.json', bytes }] };
}

function drawings(dice: Dice): unknown {
  const [width, height] = [dice.pick(sides), dice.pick(sides)];
  const pixels = dice.chance(0.8) ? width * height : dice.size(2 ** 25);
  const packed = gzipSync(new Uint8Array(pixels)).toString('base64');
  const className = dice.chance(0.3) ? strangeName(dice) : '7';
  const drawing = (i: number) => ({
    ...{ id: `hostile-${i}`, createdAt: i, className, width, height, pixels: packed },
  });
  const all = Array.from({ length: dice.size(MOST_DRAWINGS) }, (_, i) => drawing(i));
  const file = { format: 'alexnet-workbench drawings', version: 1, drawings: all };
  return dice.chance(0.5) ? file : withStrangeValues(file, dice, dice.pick([0.001, 0.01]));
}
