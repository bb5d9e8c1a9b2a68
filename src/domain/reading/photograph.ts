import { median } from './median.ts';
import { paperOf } from './paper.ts';
import { withoutRules } from './ruledLines.ts';
import type { Grey } from './shrink.ts';

/** What is darker, or lighter, than the paper around it. */
export interface LocalInk {
  /** How much darker, or lighter, than the paper around it, as a share of 255 at full contrast. */
  readonly strengths: Float32Array;
  /** What the paper's own grain makes of it (standard deviation). */
  readonly grain: number;
}

/** Of the shorter side: wider than any stroke, narrower than a shadow. */
const WINDOW_SHARE = 0.16;
/** Paper in a shadow is still paper; what is darker than this is not lit enough to tell. */
const LEAST_PAPER = 24;
const SD_OF_MAD = 1.4826;

/**
 * Tells ink by the paper around it. Paper reflects a share of the light that falls on it, and ink a
 * smaller one: the quotient of the two is the same in the sun and in a shadow.
 */
export function localInk({ pixels, width, height }: Grey, ink: 'dark' | 'light'): LocalInk {
  const seen = ink === 'dark' ? pixels : pixels.map((pixel) => 255 - pixel);
  const radius = Math.max(4, Math.round(WINDOW_SHARE * Math.min(width, height)));
  const darker = ratios(seen, paperOf(seen, width, height, radius));
  const strengths = withoutRules(darker, width, height);
  return { strengths, grain: spreadOf(strengths) };
}

function ratios(seen: Uint8Array, paper: Uint8Array): Float32Array {
  const strengths = new Float32Array(seen.length);
  for (let i = 0; i < seen.length; i++) {
    const white = Math.max(LEAST_PAPER, paper[i] ?? 0);
    strengths[i] = (255 * (white - (seen[i] ?? 0))) / white;
  }
  return strengths;
}

/** The grain's standard deviation, by the median of its deviations: ink does not count. */
function spreadOf(strengths: Float32Array): number {
  const sample = Float64Array.from({ length: Math.ceil(strengths.length / 7) }, (_, i) =>
    Math.abs(strengths[7 * i] ?? 0),
  );
  return Math.max(0.5, SD_OF_MAD * median(sample));
}
