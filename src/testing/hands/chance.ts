import { pcg4d, uniformFromBits } from '../../util/random.ts';

/** Random numbers for tests, the same ones for the same seed. */
export class Chance {
  private drawn = 0;

  constructor(private readonly seed: number) {}

  /** From `least` up to `most`. */
  between(least: number, most: number): number {
    return least + (most - least) * uniformFromBits(pcg4d(this.seed, 77, this.drawn++, 0)[0]);
  }

  whole(below: number): number {
    return Math.floor(this.between(0, below));
  }
}

/** Smooth noise from -1 to 1: a lattice of random values, bent into each other; of a place alone. */
export function mottle(seed: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [u, w] = [smooth(x - left), smooth(y - top)];
  const value = (i: number, j: number) => 2 * uniformFromBits(pcg4d(seed, i, j, 5)[0]) - 1;
  const upper = value(left, top) * (1 - u) + value(left + 1, top) * u;
  const lower = value(left, top + 1) * (1 - u) + value(left + 1, top + 1) * u;
  return upper * (1 - w) + lower * w;
}

const smooth = (t: number) => t * t * (3 - 2 * t);
