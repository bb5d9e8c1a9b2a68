import type { Dice } from './dice.ts';
import { strangeName } from './names.ts';

const MOST_VALUES = 400_000;
const DEEPEST = 100_000;

/** Texts that are JSON, or nearly: wide, deep, long, of numbers that no double holds. */
export function hostileJson(dice: Dice): string {
  return dice.pick([
    () => `[${'[],'.repeat(dice.size(MOST_VALUES))}0]`,
    () => `{${Array.from({ length: dice.size(MOST_VALUES) }, (_, i) => `"${i}":0`).join(',')}}`,
    () => nested(dice.size(DEEPEST), '[', ']', dice.chance(0.8)),
    () => nested(dice.size(DEEPEST), '{"a":', '}', dice.chance(0.8)),
    () => `"${'\\u0041'.repeat(dice.size(MOST_VALUES))}"`,
    () => `${'9'.repeat(dice.size(MOST_VALUES))}e${dice.extent()}`,
    () => `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
    () => ' '.repeat(dice.size(4 * MOST_VALUES)),
    () => JSON.stringify(strangeValue(dice, 4)),
    () => JSON.stringify(strangeValue(dice, 4)).slice(0, -1),
  ])();
}

function nested(depth: number, open: string, close: string, isClosed: boolean): string {
  return `${open.repeat(depth)}0${isClosed ? close.repeat(depth) : ''}`;
}

/** Whatever may stand where something else is expected. */
export function strangeValue(dice: Dice, depth: number): unknown {
  const values = () => Array.from({ length: dice.size(9) }, () => strangeValue(dice, depth - 1));
  const leaves = [
    ...[null, true, 0, -1, 0.5, 1e308, -0, 2 ** 53, '', [], {}],
    ...[dice.extent(), strangeName(dice), String(dice.extent())],
  ];
  if (depth === 0 || dice.chance(0.5)) return dice.pick(leaves);
  if (dice.chance(0.5)) return values();
  return Object.fromEntries(values().map((value) => [strangeName(dice), value]));
}

/** A copy in which a few values, anywhere, are missing or others. */
export function withStrangeValues(value: unknown, dice: Dice, share: number): unknown {
  if (dice.chance(share)) return strangeValue(dice, 2);
  if (Array.isArray(value)) return value.map((item) => withStrangeValues(item, dice, share));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => !dice.chance(share));
  return Object.fromEntries(kept.map(([key, item]) => [key, withStrangeValues(item, dice, share)]));
}
