import type { Architecture } from '../architecture/architecture.ts';
import { describeNetwork } from '../architecture/shapes.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** How much this page keeps in the browser, and how safely. */
export interface StorageReport {
  /** All that the page stores, as the browser counts it; the runs are most of it. */
  readonly usedBytes: number;
  /** What the browser allows the page to store in all. */
  readonly allowedBytes: number;
  /** Whether the browser has promised not to clear it by itself when the disk is full. */
  readonly persistent: boolean;
}

const FLOAT_BYTES = 4;
/** A weight, and Adam's two moments of it. */
const VALUES_PER_WEIGHT = 3;

/** The size of one checkpoint of a run that trains. */
export function checkpointBytes(
  architecture: Architecture,
  { averaging, keepBest }: Pick<Recipe, 'averaging' | 'keepBest'>,
): number {
  const values = VALUES_PER_WEIGHT + (averaging > 0 ? 1 : 0) + (keepBest === 'on' ? 1 : 0);
  return describeNetwork(architecture).parameters * values * FLOAT_BYTES;
}
