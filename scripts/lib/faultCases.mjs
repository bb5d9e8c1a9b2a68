/** Steps from one checkpoint to the next in the tests that train: what a fault may cost at most. */
export const CHECKPOINT_STEPS = 10;

/**
 * A fault that the app must survive.
 * @typedef {object} FaultCase
 * @property {number} number its place in the list
 * @property {string} words what is done to the app
 * @property {number} times how often, when the list is run as a whole
 * @property {number} [lossInSteps] at most so many steps are made again
 * @property {number} [recoverySeconds] work goes on, or a file is refused, within this time
 * @property {readonly string[]} tests files, or folders that end in /, with the tests of it
 */

const training = ['e2e/faults/worker.test.ts'];
const gpu = ['e2e/faults/gpu.test.ts'];
const memory = ['e2e/faults/gpuMemory.test.ts'];
const store = ['src/storage/faults.browser.test.ts'];
const connection = ['src/storage/connection.browser.test.ts'];
const parsers = ['src/formats/', 'src/domain/data/idx.test.ts'];

/** @type {readonly FaultCase[]} */
export const faultCases = [
  {
    ...{ number: 1, words: 'the worker is terminated at a random step', times: 50 },
    ...{ lossInSteps: CHECKPOINT_STEPS, tests: training },
  },
  {
    ...{ number: 2, words: 'it is terminated while it writes a checkpoint', times: 50 },
    tests: ['src/storage/terminated.browser.test.ts'],
  },
  {
    ...{ number: 3, words: 'the whole browser is killed', times: 20 },
    ...{ lossInSteps: CHECKPOINT_STEPS, tests: ['e2e/faults/browser.test.ts'] },
  },
  {
    ...{ number: 4, words: 'the GPU device is destroyed in mid-step', times: 20 },
    ...{ lossInSteps: CHECKPOINT_STEPS, recoverySeconds: 10, tests: gpu },
  },
  {
    ...{ number: 5, words: "the GPU's process crashes", times: 2 },
    ...{ lossInSteps: CHECKPOINT_STEPS, recoverySeconds: 15 },
    tests: ['e2e/faults/gpuProcess.test.ts'],
  },
  {
    ...{ number: 6, words: 'no adapter answers', times: 2 },
    ...{ recoverySeconds: 2, tests: ['e2e/faults/adapter.test.ts'] },
  },
  {
    ...{ number: 7, words: 'the adapter is software', times: 1 },
    tests: ['e2e/faults/adapter.test.ts'],
  },
  {
    ...{ number: 8, words: 'the adapter allows buffers of 128 MiB', times: 1 },
    tests: ['e2e/faults/adapter.test.ts'],
  },
  {
    ...{ number: 9, words: 'the nth createBuffer finds no memory', times: 20, tests: memory },
  },
  {
    ...{ number: 10, words: '500 steps and 20 checkpoints take no more memory', times: 520 },
    tests: ['src/training/memoryGrowth.gpu.test.ts'],
  },
  {
    ...{ number: 12, words: 'the tab is hidden and frozen', times: 3 },
    ...{ lossInSteps: 0, tests: ['e2e/faults/frozenTab.test.ts'] },
  },
  {
    ...{ number: 13, words: 'the worker loops for ever', times: 10 },
    ...{ lossInSteps: CHECKPOINT_STEPS, recoverySeconds: 15 + 10, tests: training },
  },
  {
    ...{ number: 14, words: 'malformed messages', times: 20_000 },
    tests: ['src/worker/calls/guarded.test.ts', 'src/worker/calls/messages.browser.test.ts'],
  },
  {
    ...{ number: 15, words: 'the disk is full', times: 4 },
    ...{ recoverySeconds: 2, tests: ['e2e/storage.test.ts', ...store] },
  },
  { number: 16, words: 'a transaction is aborted, at each chunk', times: 4, tests: store },
  { number: 17, words: 'a stored bit flips, or a chunk is gone', times: 100, tests: store },
  {
    ...{ number: 18, words: 'the database is deleted while it is open', times: 4 },
    tests: ['e2e/storage.test.ts', ...connection],
  },
  {
    ...{ number: 19, words: 'five tabs press Train; the one that trains dies', times: 2 },
    ...{ recoverySeconds: 5, tests: ['e2e/tabs.test.ts'] },
  },
  {
    ...{ number: 20, words: 'a newer version opens in another tab', times: 3 },
    ...{ recoverySeconds: 2, tests: connection },
  },
  { number: 21, words: '450 MB of state are stored and loaded', times: 2, tests: store },
  {
    ...{ number: 22, words: 'hostile zip files', times: 24 },
    ...{ recoverySeconds: 2, tests: ['src/formats/archives/zip.test.ts'] },
  },
  {
    ...{ number: 23, words: 'hostile files of the other formats', times: 100 },
    ...{ recoverySeconds: 1, tests: [...parsers, 'e2e/refusedFiles.test.ts'] },
  },
  {
    ...{ number: 24, words: 'generated and mutated files', times: 1_500_000 },
    ...{ recoverySeconds: 1, tests: parsers },
  },
  {
    ...{ number: 25, words: 'weights or a loss that are no numbers, a loss that jumps', times: 8 },
    tests: [
      ...['src/formats/weights/weightsFile.test.ts', 'src/training/lossWatch.test.ts'],
      'src/training/trainingLoop.test.ts',
    ],
  },
  {
    ...{ number: 26, words: 'the same seed, uninterrupted and not, 200 steps', times: 8 },
    tests: ['src/training/repeatability.gpu.test.ts'],
  },
  {
    ...{ number: 27, words: 'a strict policy, then no network', times: 14 },
    tests: ['e2e/journey.test.ts', 'e2e/policy.test.ts', 'e2e/offline.test.ts'],
  },
  {
    ...{ number: 28, words: 'a hole in the supply chain', times: 11 },
    tests: ['scripts/lib/supplyChain.test.mjs'],
  },
];

/** What takes a GPU of hardware, and how to see it on one. */
export const hardwareCases = [
  {
    number: 11,
    words: 'dispatches at batch 100 stay under 500 ms; half an hour without a loss',
    how: [
      'npm run plan -- --width 1 --batch 100 --engine webgpu prints the time of every dispatch: the longest must stay under 500 ms;',
      'npm start, then ?engine=webgpu&width=1&batch=100&steps=1000000&train=1 for half an hour: no notice may appear, and the curves go on.',
    ],
  },
];
