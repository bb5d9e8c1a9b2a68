import type { Component, Labelled } from './components.ts';
import { distance } from './parts.ts';

/** How what was found is told from what is no digit. */
export interface Choice {
  readonly kept: readonly Component[];
  /** Whether nothing was found but what reaches the border: it may be cut off. */
  readonly isCut: boolean;
}

export interface ChoiceOptions {
  /** Peaks below are grain. */
  readonly leastPeak: number;
  /** Whether the border is paper, as in a scan: then even what reaches it is more likely ink than a desk. */
  readonly isClean: boolean;
}

/** A digit takes this share of the longer side at least. */
const LEAST_EXTENT = 0.06;
/** Ink this much fainter than the main piece is a smudge, or shows through from the other page. */
const LEAST_RELATIVE = 0.4;
/** Smaller than this share of the main piece's mass is a speck. */
const SPECK = 0.015;
/** What is small and farther off than so many times the main piece's size does not belong to it. */
const FAR = 0.6;
const SMALL = 0.25;
/** In a clean picture what touches the border is left out only beside something as weighty. */
const WEIGHTY = 0.5;

/** A digit that is cut off is large, and made of lines. */
const CUT_EXTENT = 0.3;
const CUT_FILLED = 0.6;

const extentOf = ({ left, right, top, bottom }: Component) =>
  Math.max(right - left, bottom - top) + 1;
const meanOf = ({ mass, area }: Component) => mass / area;

/**
 * Which pieces are the digit, or the digits. A finger, the desk and the edge of the paper reach the
 * border of the picture; specks are small, smudges are faint, and a mark in the corner lies far off.
 */
export function chooseInk({ width, height, components }: Labelled, options: ChoiceOptions): Choice {
  const { leastPeak, isClean } = options;
  const least = LEAST_EXTENT * Math.max(width, height);
  const candidates = components.filter(
    (piece) => piece.peak >= leastPeak && (isClean || extentOf(piece) >= Math.min(least, 3)),
  );
  const touches = ({ left, right, top, bottom }: Component) =>
    left <= 1 || top <= 1 || right >= width - 2 || bottom >= height - 2;
  const inside = candidates.filter((piece) => !touches(piece));
  const insideMain = heaviest(inside);
  const massOf = (pieces: readonly Component[]) => pieces.reduce((sum, { mass }) => sum + mass, 0);
  const isEnough =
    insideMain &&
    extentOf(insideMain) >= least &&
    (!isClean || massOf(inside) >= WEIGHTY * massOf(candidates));
  const longer = Math.max(width, height);
  const mayBeCut = (piece: Component) =>
    isClean || (extentOf(piece) >= CUT_EXTENT * longer && filledShare(piece) < CUT_FILLED);
  const pool = isEnough ? inside : candidates.filter(mayBeCut);
  const main = heaviest(pool);
  if (!main) return { kept: [], isCut: false };
  const kept = pool.filter((piece) => {
    if (piece === main) return true;
    if (piece.mass < SPECK * main.mass || meanOf(piece) < LEAST_RELATIVE * meanOf(main))
      return false;
    return piece.mass >= SMALL * main.mass || distance(piece, main) <= FAR * extentOf(main);
  });
  return { kept, isCut: !isEnough && !isClean };
}

function filledShare({ left, right, top, bottom, area }: Component): number {
  return area / ((right - left + 1) * (bottom - top + 1));
}

function heaviest(pieces: readonly Component[]): Component | undefined {
  return pieces.reduce<Component | undefined>(
    (best, piece) => (best && best.mass >= piece.mass ? best : piece),
    undefined,
  );
}
