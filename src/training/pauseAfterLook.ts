import type { EngineName } from '../domain/machine/engineReport.ts';

/** While a run trains it is looked into twice a second at most. */
const INTERVAL_MS = 500;
/** Whoever asks is not forgotten, however long a look took. */
const MOST_MS = 30_000;
/** How many times as long as a look takes the steps have for themselves. On the processor a look stops them. */
const REST = 50;
/** On a GPU a look waits for the steps before it, which is no cost. */
const REST_OF_GPU = 2;

const rests: Readonly<Record<EngineName, number>> = {
  ...{ webgpu: REST_OF_GPU, tfjs: REST_OF_GPU, webgl: REST_OF_GPU },
  ...{ wasm: REST, cpu: REST },
};

/** How long a run trains on undisturbed after a look that took so long. */
export function pauseAfterLook(engine: EngineName, tookMs: number): number {
  return Math.min(MOST_MS, Math.max(INTERVAL_MS - tookMs, rests[engine] * tookMs));
}
