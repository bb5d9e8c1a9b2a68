import fc from 'fast-check';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { type ArgumentsOf, type CallName, callNames } from '../callSchemas.ts';
import type { WorkerApi } from '../protocol.ts';

/**
 * Calls of the worker with something wrong in each: what a page of another version, a script with a
 * slip, or somebody who plays with the console may send.
 */

/** Of every call that takes any, arguments that are right. */
export const goodArguments: { readonly [Name in CallName]: ArgumentsOf<WorkerApi[Name]> } = {
  start: [{ engine: 'cpu', siteUrl: 'http://localhost/', tuning: 'off' }],
  selectEngine: ['cpu'],
  selectThreads: [2],
  clearKernelChoices: [],
  loadDataset: [],
  importDataset: [[{ name: 'cat/1.png', blob: new Blob(['x']) }], { language: 'en' }],
  rereadDataset: [{ labelColumn: 'last', codePage: 'big5' }],
  fetchDataset: ['https://example.org/labels.gz'],
  cancelDataset: [],
  openDataset: ['kept'],
  deleteDataset: ['kept'],
  restoreDataset: ['kept'],
  nameClasses: [['cat', 'dog']],
  divideDataset: [10],
  datasetStatistics: [],
  datasetThumbnails: ['cat', 8, 'validation'],
  train: [seedRecipe, { onSpike: 'stop', experiment: { id: 'experiment', variant: 'seed' } }],
  pause: [],
  resume: [10, { onSpike: 'pause' }],
  stop: [],
  changeLearningRate: [0.01],
  previewAugmentation: [seedRecipe, 8],
  evaluate: [{ split: 'test' }],
  robustness: [{ dataset: 'inUse' }],
  cancelEvaluation: [],
  testImages: [[0, 1, 2]],
  predict: [{ name: 'five', width: 2, height: 2, pixels: new Uint8Array(4), ink: 'auto' }],
  inspect: [new Uint8Array(4), ['conv1']],
  filters: ['conv1'],
  explain: [new Uint8Array(4), 3, 'gradCam'],
  exciting: ['conv2'],
  cancelInside: [],
  validationImages: [[0, 1]],
  keepDrawing: [
    { name: 'five', width: 2, height: 2, pixels: new Uint8Array(4), ink: 'light' },
    '5',
  ],
  listDrawings: [],
  deleteDrawings: [['drawing', 'another']],
  restoreDrawings: [['drawing']],
  exportDrawings: [],
  importDrawings: [new File(['{}'], 'drawings.json')],
  scoreDrawings: [],
  scoreRuns: [],
  fineTune: [100, 0.001],
  exportPredictions: ['submission'],
  cancelPredictions: [],
  exportWeights: ['tfjs'],
  importWeights: [new File(['{}'], 'model.json'), new File(['x'], 'weights.bin')],
  listRuns: [],
  runRecord: ['run'],
  runEvaluation: ['run'],
  openRun: ['run'],
  openBest: ['run'],
  deleteRun: ['run'],
  restoreRun: ['run'],
  deleteAllRuns: [],
  restoreRuns: [['run', 'another']],
  exportRuns: [],
  renameRun: ['run', 'a name'],
  exportUnreadable: ['run', 'run'],
};

export interface BadCall {
  readonly name: CallName;
  readonly given: readonly unknown[];
}

/** Of no use as an argument, or a part of one, anywhere. */
const junk = fc.oneof(
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, true, 2n ** 70n),
  fc.constantFrom(new Date(0), new ArrayBuffer(3), new Map(), new Float64Array(2), /x/),
  fc.constant('x'.repeat(10_000)),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.integer(), { minKeys: 1, maxKeys: 4 }),
  fc.array(fc.array(fc.integer(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "length": -1}')),
);

/** The bad value takes the place of one argument, or of one part of it. */
function spoiled(given: readonly unknown[], index: number, bad: unknown, part: number): unknown[] {
  const whole = given[index];
  const isPlain = typeof whole === 'object' && whole?.constructor === Object;
  const keys = isPlain ? Object.keys(whole) : [];
  const key = keys[part % (keys.length + 1)];
  return given.with(index, key === undefined ? bad : { ...(whole as object), [key]: bad });
}

/** Calls whose last argument may be left out. */
const takesFewerToo: ReadonlySet<CallName> = new Set([
  ...(['resume', 'evaluate', 'robustness', 'train', 'importDataset'] as const),
  ...(['importWeights', 'inspect', 'datasetThumbnails'] as const),
]);

const spoiledCall = (name: CallName): fc.Arbitrary<BadCall> => {
  const given: readonly unknown[] = goodArguments[name];
  const tooMany = fc.array(junk, { minLength: 1, maxLength: 3 }).map((more) => [...given, ...more]);
  if (given.length === 0) return tooMany.map((bad) => ({ name, given: bad }));
  const wrong = fc
    .tuple(fc.nat(given.length - 1), junk, fc.nat(40))
    .map(([index, bad, part]) => spoiled(given, index, bad, part));
  const tooFew = takesFewerToo.has(name) ? wrong : fc.constant(given.slice(0, -1));
  return fc.oneof({ weight: 6, arbitrary: wrong }, tooMany, tooFew).map((bad) => ({
    ...{ name, given: bad },
  }));
};

export const badCalls: fc.Arbitrary<BadCall> = fc.constantFrom(...callNames).chain(spoiledCall);
