/**
 * Every table and plot of README and docs that a command writes: where it stands, the command that measures
 * it, and the code that it measures.
 *
 * @typedef {object} Figure
 * @property {string} name between the markers `<!-- figures:NAME -->` and `<!-- /figures:NAME -->`
 * @property {readonly string[]} files in which it stands
 * @property {string} [takes] how long it takes on two cores, where it is measured for itself
 * @property {readonly string[]} covers folders and files of what it measures: after a change of these it is stale
 * @property {readonly string[]} [bench] words for `npm run bench`
 * @property {readonly (readonly string[])[]} [train] words for `npm run train`, a run each
 * @property {string} [plot] name of the plot that the measurement gives, written to docs/figures
 * @property {'summary'} [as] a few lines of the measurement of another figure, of the name `of`
 * @property {string} [of]
 */

/** Not src/ui, app, worker, storage: what a step is made of, and what that stands on. */
const ours = ['src/domain', 'src/engine', 'src/training', 'src/util', 'package-lock.json'];
const engineOf = { wasm: ours, webgpu: ours };
const instruments = [
  ...[
    'bench/commandLine.mjs',
    'bench/run.mjs',
    'bench/contestants',
    'bench/hosts',
    'bench/measures',
  ],
  ...['bench/page', 'bench/stats', 'bench/work'],
];
const performance = ['docs/performance.md'];

const atQuarter = (/** @type {string} */ seed) => [
  '--width',
  '0.25',
  '--engine',
  'wasm',
  '--seed',
  seed,
];

/** @type {readonly Figure[]} */
export const figures = [
  {
    ...{ name: 'wasm-quarter', files: performance, takes: '3 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--only', 'ours-wasm,torch,torch-band,torch-best,torch-spin', '--rounds', '9'],
  },
  {
    ...{ name: 'wasm-quarter-plain', files: performance, takes: '3 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--only', 'ours-wasm,torch,torch-best', '--norm', 'none', '--rounds', '9'],
  },
  {
    ...{ name: 'wasm-full', files: performance, takes: '5 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: [
      ...['--only', 'ours-wasm,torch,torch-best', '--width', '1', '--batch', '100'],
      ...['--rounds', '5'],
    ],
  },
  {
    ...{ name: 'wasm-lenet', files: performance, takes: '3 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--only', 'ours-wasm,torch,torch-best', '--arch', 'lenet5', '--rounds', '9'],
  },
  {
    ...{ name: 'wasm-jax', files: performance, takes: '6 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--only', 'ours-wasm,jax-wasm,tfjs-cpu', '--batch', '8', '--rounds', '5'],
  },
  {
    ...{ name: 'wasm-ops', files: performance, takes: '6 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--measure', 'ops', '--only', 'ours-wasm,torch,torch-best'],
  },
  {
    ...{ name: 'wasm-plan', files: performance, takes: '1 minute' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--measure', 'plan', '--rounds', '9'],
  },
  {
    ...{ name: 'wasm-threads', files: performance, takes: '4 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--measure', 'threads', '--rounds', '7'],
  },
  {
    ...{ name: 'wasm-sweep', files: performance, takes: '25 minutes', plot: 'sweep' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--measure', 'sweep'],
  },
  {
    ...{ name: 'wasm-time-to-accuracy', files: performance, takes: '60 minutes' },
    covers: [...engineOf.wasm, ...instruments],
    bench: ['--measure', 'time-to-accuracy', '--width', '0.125'],
  },
  {
    ...{ name: 'webgpu-quarter', files: performance, takes: '20 minutes' },
    covers: [...engineOf.webgpu, ...instruments],
    bench: ['--engine', 'webgpu', '--only', 'ours-webgpu,ours-webgpu-hardware,jax-webgpu'],
  },
  {
    ...{ name: 'webgpu-stock', files: performance, takes: '15 minutes' },
    covers: [...engineOf.webgpu, ...instruments],
    bench: [
      ...['--engine', 'webgpu', '--width', '0.125', '--batch', '8'],
      ...['--only', 'ours-webgpu,ours-webgpu-hardware,tfjs-webgpu,tfjs-webgl,tfjs-cpu,jax-webgpu'],
    ],
  },
  {
    ...{ name: 'webgpu-flags', files: performance, takes: '15 minutes' },
    covers: [...engineOf.webgpu, ...instruments],
    bench: ['--engine', 'webgpu', '--measure', 'flags', '--width', '0.0625', '--batch', '4'],
  },
  {
    ...{ name: 'accuracy', files: ['docs/accuracy.md'], takes: '110 minutes' },
    covers: engineOf.wasm,
    train: [
      ...['1', '2', '3'].map((seed) => ['--recipe', 'seed', ...atQuarter(seed)]),
      ...['1', '2', '3'].map((seed) => ['--recipe', 'improved', ...atQuarter(seed)]),
      ['--recipe', 'improved', ...atQuarter('1'), '--steps', '6000'],
    ],
  },
  {
    ...{ name: 'readme', files: ['README.md'] },
    ...{ as: 'summary', of: 'wasm-quarter', covers: [] },
  },
  {
    ...{
      name: 'readme-plain',
      files: ['README.md'],
    },
    ...{ as: 'summary', of: 'wasm-quarter-plain', covers: [] },
  },
  {
    ...{ name: 'readme-full', files: ['README.md'] },
    ...{ as: 'summary', of: 'wasm-full', covers: [] },
  },
];

/** @param {string} name */
export const figureOf = (name) => figures.find((figure) => figure.name === name);
