import type { Dice } from './dice.ts';

/** Code points of every class of Unicode (General_Category), and what programs take for more than a letter. */
const POINTS: readonly (readonly [number, number])[] = [
  ...([
    [0x00, 0x1f], // Cc
    [0x20, 0x7e],
    [0x80, 0x9f], // Cc
    [0xa0, 0xff],
    [0x1c5, 0x1cc], // Lt
    [0x2b0, 0x2ff], // Lm, Sk
    [0x300, 0x36f], // Mn
    [0x488, 0x489], // Me
    [0x590, 0x5ff], // right to left
    [0x600, 0x61c], // Cf, numbers' marks
    [0x903, 0x93b], // Mc
    [0xe00, 0xe7f],
    [0x1680, 0x1680], // Zs
    [0x200b, 0x200f], // Cf
    [0x2028, 0x202e], // Zl, Zp, bidirectional
    [0x2060, 0x206f],
    [0x20a0, 0x20bf], // Sc
    [0x2150, 0x2188], // No, Nl
    [0x2200, 0x22ff], // Sm
    [0x2ff0, 0x3000],
    [0x4e00, 0x9fff], // Lo
    [0xd800, 0xdfff], // Cs, alone
    [0xe000, 0xf8ff], // Co
    [0xfdd0, 0xfdef], // no characters
    [0xfe00, 0xfeff], // variations, Pc, the byte order mark
    [0xfff0, 0xffff],
    [0x10000, 0x10ffff],
    [0x1f1e6, 0x1faff], // So, flags
    [0xe0001, 0xe007f], // tags
  ] as const),
];

const WORDS = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    'train',
  ],
  ...[
    'test',
    'val',
    '',
    ' ',
    '.',
    '..',
    'CON',
    '=1+1',
    "=cmd|' /C calc'!A1",
    '@SUM(1)',
    '+1',
    '-1',
  ],
  ...['\t=1', '\r=1', '<img src=x onerror=alert(1)>', '{{name}}', '$t(name)', '%s%n', '0', '1e9'],
  ...['a\u0000b', '\u202egnp.exe', '🏳️‍🌈', 'é', 'e\u0301', 'ﷺ', 'K', 'ſ', '．．／'],
];

/** What a class, a file or a run may be called by somebody who means no good. */
export function strangeName(dice: Dice): string {
  if (dice.chance(0.3)) return dice.pick(WORDS);
  const length = dice.chance(0.1) ? dice.size(70_000) : dice.whole(1, 130);
  const [from, to] = dice.pick(POINTS);
  const isMixed = dice.chance(0.3);
  const points = Array.from({ length }, () => {
    const [low, high] = isMixed ? dice.pick(POINTS) : [from, to];
    return String.fromCodePoint(dice.whole(low, high));
  });
  return points.join('');
}
