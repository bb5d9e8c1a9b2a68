import { type Architecture, hasWidth, widths } from '../../domain/architecture/architecture.ts';
import { architectureOf, type Recipe } from '../../domain/recipe/recipe.ts';
import { SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { everySight, planInspection } from '../plan/inspectionPlan.ts';
import { planTraining, type TrainingOptions } from '../plan/trainingPlan.ts';
import { metricsOf } from '../plan/values.ts';
import { type Layout, layOutLasting, layOutTransients, planCalls } from './callPlan.ts';

/** All that the 32-bit addresses of WebAssembly reach, less a page: sizes stay below 2^32. */
export const MAX_HEAP_BYTES = 2 ** 32 - 65536;

/** Where a run's values lie: what lasts, and all of a step. */
export interface RunLayout {
  readonly lasting: Layout;
  readonly training: Layout;
  /** Of a step, or of what is read between two. */
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
  const { id, input, classes } = options.architecture;
  const width = widths.find((candidate) => {
    if (!hasWidth(id) || candidate >= recipe.width) return false;
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
  const reading = plansOfReading(architecture, batchSize, averages);
  // The step itself tells where its figures go, so that no call names them.
  const others = [metricsOf(metricSlots)];
  const lasting = layOutLasting([step, ...reading.all], others, threads, SYNC_BYTES);
  const training = layOutTransients(step, lasting);
  return { lasting, training, totalBytes: mostBytes([training, ...reading.layOut(lasting)]) };
}

/** Images that are read at once by who does nothing else: as quick as more, in less memory. */
const READING_BATCH = 64;

/** The layout of memory that is only read in, so many images at once. */
export function layOutReading(architecture: Architecture, threads: number) {
  for (let batch = READING_BATCH; ; batch = Math.ceil(batch / 2)) {
    const reading = plansOfReading(architecture, batch, false);
    const lasting = layOutLasting(reading.all, [], threads, SYNC_BYTES);
    const totalBytes = mostBytes(reading.layOut(lasting));
    if (totalBytes <= MAX_HEAP_BYTES) return { lasting, totalBytes, batch };
    if (batch > 1) continue;
    const neededMB = Math.round(totalBytes / 1e6);
    throw new WorkbenchError('engine.noHeap', { neededMB });
  }
}

/**
 * So many images are read at once. Of an inspection, of which it is not known what is to be seen, no more
 * than one image need find room.
 */
function plansOfReading(architecture: Architecture, batch: number, averages: boolean) {
  const inspection = (images: number) =>
    planCalls(planInspection(architecture, images, averages, everySight(architecture)), 0);
  const [inference, all, one] = [
    planCalls(planInference(architecture, batch, averages), 0),
    ...([inspection(batch), inspection(1)] as const),
  ];
  return {
    all: [inference, all],
    layOut: (lasting: Layout) => [inference, one].map((plan) => layOutTransients(plan, lasting)),
  };
}

const mostBytes = (layouts: readonly Layout[]): number =>
  Math.max(...layouts.map(({ totalBytes }) => totalBytes));

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
