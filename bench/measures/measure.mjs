/**
 * What a measurement is asked for.
 * @typedef {object} MeasureOptions
 * @property {'webgpu' | 'wasm'} engine
 * @property {import('../work/work.ts').WorkSpec} spec
 * @property {readonly string[]} only names of contestants
 * @property {number} rounds
 * @property {number} threads
 * @property {readonly number[]} seeds
 * @property {number} steps most of them, of a run to an accuracy
 * @property {readonly number[]} widths of a sweep
 * @property {readonly number[]} batches of a sweep
 * @property {{ burstMs?: number, warmUpMs?: number }} pace of turns.mjs
 * @property {import('./growth.mjs').GrowthSizes} [growthSizes] others than the usual ones
 */

/**
 * @typedef {object} Measured
 * @property {string} markdown for people
 * @property {object} data the same for programs
 * @property {string | undefined} [blas]
 * @property {Readonly<Record<string, string>>} [plots] SVGs by their names
 */

/** @typedef {(stage: import('../hosts/stage.mjs').Stage, options: MeasureOptions) => Promise<Measured>} Measure */

/** Everything that can be measured, by the name that the command line gives it. */
export const measures = {
  step: () => import('./step.mjs').then(({ step }) => step),
  ops: () => import('./ops.mjs').then(({ ops }) => ops),
  plan: () => import('./plan.mjs').then(({ plan }) => plan),
  threads: () => import('./threads.mjs').then(({ threads }) => threads),
  sweep: () => import('./sweep.mjs').then(({ sweep }) => sweep),
  flags: () => import('./flags.mjs').then(({ flags }) => flags),
  growth: () => import('./growth.mjs').then(({ growth }) => growth),
  inspect: () => import('./inspect.mjs').then(({ inspect }) => inspect),
  'time-to-accuracy': () =>
    import('./timeToAccuracy.mjs').then(({ timeToAccuracy }) => timeToAccuracy),
};

/** @typedef {keyof typeof measures} MeasureName */
