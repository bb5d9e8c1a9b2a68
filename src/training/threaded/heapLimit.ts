import { widths } from '../../domain/architecture.ts';
import { architectureOf, type Recipe } from '../../domain/recipe.ts';
import { SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { type Layout, layOut } from './callPlan.ts';
import { planCalls, type StepOptions } from './stepCalls.ts';

/** All that the 32-bit addresses of WebAssembly reach, less a page: sizes stay below 2^32. */
export const MAX_HEAP_BYTES = 2 ** 32 - 65536;

/**
 * The layout of a run's memory. Throws `engine.heapTooSmall`, which names the largest batch and the
 * largest width that would fit, where 32-bit addresses do not reach so far.
 */
export function layOutToFit(
  options: StepOptions,
  recipe: Recipe,
  threads: number,
  limit = MAX_HEAP_BYTES,
): Layout {
  const layout = layOutFor(options, threads);
  if (layout.totalBytes <= limit) return layout;
  const fits = (change: Partial<StepOptions>) =>
    layOutFor({ ...options, ...change }, threads).totalBytes <= limit;
  const { input, classes } = options.architecture;
  const width = widths.find((candidate) => {
    if (candidate >= recipe.width) return false;
    return fits({ architecture: architectureOf({ ...recipe, width: candidate }, input, classes) });
  });
  throw new WorkbenchError('engine.heapTooSmall', {
    neededMB: Math.round(layout.totalBytes / 1e6),
    limitMB: Math.round(limit / 1e6),
    batch: largest(options.batchSize, (batchSize) => fits({ batchSize })),
    width: width ?? 0,
  });
}

function layOutFor(options: StepOptions, threads: number): Layout {
  return layOut(planCalls(options), threads, SYNC_BYTES);
}

/** The largest number below `end` that fits, if all smaller ones do; 0 if none does. */
function largest(end: number, fits: (candidate: number) => boolean): number {
  let [low, high] = [0, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
