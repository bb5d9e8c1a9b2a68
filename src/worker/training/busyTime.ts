import type { Architecture } from '../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { READING_BATCH } from '../../training/reader.ts';

/**
 * How long the worker may be busy without a word, for the page to tell a hung worker from a slow
 * one. Before anything was measured: as if by the slowest machine and engine that anybody would wait
 * for. Afterwards: several times what was measured.
 */
const SLOWEST_FLOPS = 2e8;
const SEVERAL = 4;

/** One training step: the way back costs twice the way forward. */
export function busyMsOfFirstStep(architecture: Architecture, batchSize: number): number {
  return msOf(6 * describeNetwork(architecture).multiplyAdds * batchSize);
}

/** One step, or one batch of a validation in between, when a step takes `stepMs`. */
export function busyMsOfStep({ batchSize }: Recipe, stepMs: number): number {
  return SEVERAL * stepMs * Math.max(1, READING_BATCH / batchSize);
}

/** One batch of an evaluation. */
export function busyMsOfEvaluation(architecture: Architecture): number {
  return msOf(2 * describeNetwork(architecture).multiplyAdds * READING_BATCH);
}

const msOf = (flops: number): number => (1000 * flops) / SLOWEST_FLOPS;
