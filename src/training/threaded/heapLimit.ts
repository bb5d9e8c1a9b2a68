import { widths } from '../../domain/architecture.ts';
import { architectureOf, type Recipe } from '../../domain/recipe.ts';
import { SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { planTraining, type TrainingOptions } from '../plan/trainingPlan.ts';
import { metricsOf } from '../plan/values.ts';
import { type Layout, layOutLasting, layOutTransients, planCalls } from './callPlan.ts';

/** All that the 32-bit addresses of WebAssembly reach, less a page: sizes stay below 2^32. */
export const MAX_HEAP_BYTES = 2 ** 32 - 65536;

/** Where a run's values lie while it trains, and between two steps while it reads images. */
export interface RunLayout {
  readonly training: Layout;
  readonly inference: Layout;
  readonly totalBytes: number;
}

/**
 * The layout of a run's memory. Throws `engine.heapTooSmall`, which names the largest batch and the
 * largest width that would fit, where 32-bit addresses do not reach so far.
 */
export function layOutToFit(
  options: TrainingOptions,
  recipe: Recipe,
  threads: number,
  limit = MAX_HEAP_BYTES,
): RunLayout {
  const layout = layOutRun(options, threads);
  if (layout.totalBytes <= limit) return layout;
  const fits = (change: Partial<TrainingOptions>) =>
    layOutRun({ ...options, ...change }, threads).totalBytes <= limit;
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

function layOutRun(options: TrainingOptions, threads: number): RunLayout {
  const { architecture, batchSize, averages, metricSlots } = options;
  // Where a value lies depends on no seed.
  const step = planCalls(planTraining(options), 0);
  const reading = planCalls(planInference(architecture, batchSize, averages), 0);
  // The step itself tells where its figures go, so that no call names them.
  const others = [metricsOf(metricSlots)];
  const lasting = layOutLasting([step, reading], others, threads, SYNC_BYTES);
  const training = layOutTransients(step, lasting);
  const inference = layOutTransients(reading, lasting);
  const totalBytes = Math.max(training.totalBytes, inference.totalBytes);
  return { training, inference, totalBytes };
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
