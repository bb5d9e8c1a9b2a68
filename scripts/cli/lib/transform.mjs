import { UsageError } from '../../lib/say.mjs';

/** @typedef {import('../../../src/domain/augment/fixedView.ts').FixedView} FixedView */

/** What `--transform` can name, and the range of each of its numbers; a test holds them to the page's. */
export const transforms = {
  rotate: { min: -180, max: 180, count: 1 },
  scale: { min: 0.1, max: 10, count: 1 },
  shift: { min: -64, max: 64, count: 2 },
};

/**
 * How every image is to be looked at: `rotate=15`, `scale=0.85`, `shift=3,0`, or several of them.
 * Undefined where nothing is asked for.
 * @param {readonly string[]} texts
 * @returns {FixedView | undefined}
 */
export function readTransform(texts) {
  if (texts.length === 0) return undefined;
  /** @type {FixedView} */
  let view = { rotate: 0, scale: 1, shift: [0, 0], mirror: false };
  for (const text of texts) {
    const [name = '', values = ''] = text.split('=');
    const [x, y] = readNumbers(text, name, values);
    view = { ...view, ...(name === 'shift' ? { shift: [x ?? 0, y ?? 0] } : { [name]: x }) };
  }
  return view;
}

/** @param {string} text @param {string} name @param {string} values */
function readNumbers(text, name, values) {
  const known = Object.entries(transforms).find(([key]) => key === name)?.[1];
  if (!known) {
    const names = Object.keys(transforms).join(', ');
    throw new UsageError(`--transform is "${text}"; one of ${names} was expected, as rotate=15.`);
  }
  const { min, max, count } = known;
  const parts = values.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (parts.length === count && parts.every((part) => part >= min && part <= max)) return parts;
  const numbers = count === 1 ? 'a number' : 'two numbers, to the right and down,';
  throw new UsageError(`--transform is "${text}"; ${numbers} from ${min} to ${max} was expected.`);
}
