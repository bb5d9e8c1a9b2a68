import type { InkMap } from './ink.ts';

/**
 * Why what was found may be no digit: it reaches the border (`cut`), it is hardly more than the paper's
 * grain (`faint`), there is too much for one number (`many`), it is wider than any digit (`wide`), or it
 * is an area and no line (`solid`).
 */
export const doubts = ['cut', 'faint', 'many', 'wide', 'solid'] as const;
export type Doubt = (typeof doubts)[number];

/** Digits of the longest number that is read. */
export const MOST_PARTS = 8;
/** Times its height. */
const WIDEST = 1.9;
/** Of its box, of a part that is no bar. */
const MOST_FILLED = 0.75;
const BAR = 0.45;

/** @param characters how many there are, of which `parts` are the first */
export function doubtsOf(parts: readonly InkMap[], characters: number): Doubt[] {
  const found = new Set<Doubt>();
  if (characters > MOST_PARTS) found.add('many');
  for (const part of parts) {
    const { width, height, share } = shapeOf(part);
    if (width > WIDEST * height) found.add('wide');
    if (share > MOST_FILLED && Math.min(width, height) > BAR * Math.max(width, height)) {
      found.add('solid');
    }
  }
  return doubts.filter((doubt) => found.has(doubt));
}

function shapeOf({ width, height, strengths }: InkMap) {
  let [left, right, top, bottom, count] = [width, -1, height, -1, 0];
  const least = strengths.reduce((most, strength) => Math.max(most, strength), 0) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((strengths[y * width + x] ?? 0) < least) continue;
      count++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  const [wide, high] = [right - left + 1, bottom - top + 1];
  return { width: wide, height: high, share: count / (wide * high) };
}
