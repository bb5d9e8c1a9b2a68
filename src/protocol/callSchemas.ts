import * as v from 'valibot';
import { variantIds } from '../domain/ablation/ablation.ts';
import { FixedViewSchema } from '../domain/augment/fixedView.ts';
import { ClassNameSchema, LONGEST_CLASS_NAME } from '../domain/data/classNames.ts';
import { classCounts, MAX_PIXEL_BYTES, MOST_LISTED_FILES } from '../domain/data/dataset.ts';
import { MOST_THUMBNAILS, thumbnailKinds } from '../domain/data/datasetThumbnails.ts';
import { ReadingChoicesSchema } from '../domain/data/readingChoices.ts';
import { MOST_DRAWINGS } from '../domain/drawing/drawings.ts';
import { explanationMethods } from '../domain/inside/explanation.ts';
import { engineNames, threadRange } from '../domain/machine/engineReport.ts';
import { tuningChoices } from '../domain/machine/tuning.ts';
import { sourceSides } from '../domain/pictures/imageSides.ts';
import { RecipeSchema, recipeRanges } from '../domain/recipe/recipe.ts';
import { LONGEST_RUN_NAME } from '../domain/runs/runName.ts';
import { keptKinds } from '../domain/runs/unreadable.ts';
import { weightsFormats } from '../domain/runs/weightsFormat.ts';
import { predictionsKinds, type WorkerApi } from './protocol.ts';

/**
 * What the worker takes from a message before it does anything: for each call of `WorkerApi` the tuple
 * of its arguments. Their types are those of the calls, so that a call cannot change without its schema
 * (callSchemas.test.ts holds the two together).
 */

/** Schemas for all calls of an interface. */
export type SchemasOf<Api> = {
  readonly [Name in keyof Api]: v.GenericSchema<unknown, ArgumentsOf<Api[Name]>>;
};

export type ArgumentsOf<Call> = Call extends (...given: infer Given) => unknown ? Given : never;

/** More test images than the page shows, and no more than the largest answer worth posting. */
const MOST_TEST_IMAGES = 65_536;
const MOST_PREVIEW_IMAGES = 1024;
const MOST_LAYERS = 1000;
const MOST_RUNS = 100_000;
/** Identifiers, names of files, addresses. */
const LONGEST_ID = 200;
const LONGEST_NAME = 1024;
const LONGEST_URL = 8192;

const wholeWithin = ({ min, max }: { min: number; max: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** Its length is looked at before its items are. */
const listOf = <T>(item: v.GenericSchema<unknown, T>, longest: number) =>
  v.pipe(v.array(v.unknown()), v.maxLength(longest), v.array(item), v.readonly());

const engineChoice = v.picklist(['auto', ...engineNames]);
const threads = wholeWithin(threadRange);
const file = v.file();
const runId = v.pipe(v.string(), v.nonEmpty(), v.maxLength(LONGEST_ID));
const name = v.pipe(v.string(), v.maxLength(LONGEST_NAME));
const runName = v.pipe(v.string(), v.maxLength(LONGEST_RUN_NAME));
const recipe = v.pipe(RecipeSchema, v.readonly());
/** At least one, and no more than a page can hold. */
const images = wholeWithin({ min: 1, max: MAX_PIXEL_BYTES });

const startOptions = v.pipe(
  v.strictObject({
    engine: engineChoice,
    siteUrl: v.pipe(v.string(), v.maxLength(LONGEST_URL), v.url()),
    tuning: v.picklist(tuningChoices),
    threads: v.optional(threads),
    runId: v.optional(runId),
    datasetId: v.optional(runId),
    passOver: v.optional(listOf(runId, MOST_RUNS)),
    safe: v.optional(v.boolean()),
  }),
  v.readonly(),
);

const bytes: v.GenericSchema<unknown, Uint8Array> = v.instance(Uint8Array);
const side = wholeWithin({ min: 1, max: sourceSides.max });
const picture = v.pipe(
  v.strictObject({
    name,
    width: side,
    height: side,
    pixels: bytes,
    ink: v.picklist(['light', 'dark', 'auto']),
  }),
  v.forward(
    v.check(
      ({ width, height, pixels }) => pixels.length === width * height,
      'width * height bytes',
    ),
    ['pixels'],
  ),
  v.readonly(),
);

const experiment = v.pipe(
  v.strictObject({
    id: runId,
    variant: v.picklist(variantIds),
    trainingImages: v.exactOptional(images),
  }),
  v.readonly(),
);

/** A date, say, has none of the keys that an object may lack, and is refused all the same. */
const plainObject = v.custom<object>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype,
);
const onSpike = v.exactOptional(v.picklist(['pause', 'stop']));

/** An argument that may be left out; comlink then sends it as undefined, or not at all. */
const resumed = v.pipe(
  v.strictTuple([
    v.optional(wholeWithin(recipeRanges.steps)),
    v.optional(v.pipe(plainObject, v.strictObject({ onSpike }), v.readonly())),
  ]),
  v.transform(([steps, options]): ArgumentsOf<WorkerApi['resume']> => [steps, options]),
);

const trained = v.pipe(
  v.strictTuple([
    recipe,
    v.optional(
      v.pipe(
        plainObject,
        v.strictObject({ onSpike, experiment: v.exactOptional(experiment) }),
        v.readonly(),
      ),
    ),
  ]),
  v.transform(([wanted, options]): ArgumentsOf<WorkerApi['train']> => [wanted, options]),
);

const dataset = v.exactOptional(v.picklist(['run', 'inUse']));
const datasetChoice = v.pipe(
  v.strictTuple([v.optional(v.pipe(plainObject, v.strictObject({ dataset }), v.readonly()))]),
  v.transform(([options]): ArgumentsOf<WorkerApi['robustness']> => [options]),
);
const thumbnails = v.pipe(
  v.strictTuple([
    name,
    wholeWithin({ min: 1, max: MOST_THUMBNAILS }),
    v.optional(v.picklist(thumbnailKinds)),
  ]),
  v.transform(
    ([of, count, kind]): ArgumentsOf<WorkerApi['datasetThumbnails']> => [of, count, kind],
  ),
);
const evaluateOptions = v.pipe(
  v.strictTuple([
    v.optional(
      v.pipe(
        plainObject,
        v.strictObject({
          split: v.exactOptional(v.picklist(['test', 'validation', 'training'])),
          tta: v.exactOptional(v.boolean()),
          probabilities: v.exactOptional(v.boolean()),
          view: v.exactOptional(FixedViewSchema),
          images: v.exactOptional(images),
          dataset,
        }),
        v.readonly(),
      ),
    ),
  ]),
  v.transform(([options]): ArgumentsOf<WorkerApi['evaluate']> => [options]),
);

/** Of one file, or of `model.json` and the file of its weights. */
const importedWeights = v.pipe(
  v.strictTuple([file, v.optional(file)]),
  v.transform(([first, other]): ArgumentsOf<WorkerApi['importWeights']> => [first, other]),
);
const someDrawings = v.strictTuple([listOf(runId, MOST_DRAWINGS)]);

const upload = v.pipe(v.strictObject({ name, blob: v.blob() }), v.readonly());
const readingChoices = v.pipe(plainObject, ReadingChoicesSchema);
const imported = v.pipe(
  v.strictTuple([listOf(upload, MOST_LISTED_FILES), v.optional(readingChoices)]),
  v.transform(([files, choices]): ArgumentsOf<WorkerApi['importDataset']> => [files, choices]),
);
const address = v.pipe(v.string(), v.nonEmpty(), v.maxLength(LONGEST_URL));
const classNames = listOf(v.pipe(v.string(), v.maxLength(LONGEST_CLASS_NAME)), classCounts.max);

const nothing = v.strictTuple([]);
const oneRun = v.strictTuple([runId]);
const oneName = v.strictTuple([name]);
const someImages = v.strictTuple([
  listOf(wholeWithin({ min: 0, max: 2 ** 32 - 1 }), MOST_TEST_IMAGES),
]);
const seen = v.union([bytes, picture]);
const inspected = v.pipe(
  v.strictTuple([seen, v.optional(listOf(name, MOST_LAYERS))]),
  v.transform(([given, only]): ArgumentsOf<WorkerApi['inspect']> => [given, only]),
);
const oneDataset = v.strictTuple([runId]);

export const callSchemas = {
  start: v.strictTuple([startOptions]),
  selectEngine: v.strictTuple([engineChoice]),
  selectThreads: v.strictTuple([threads]),
  clearKernelChoices: nothing,

  loadDataset: nothing,
  importDataset: imported,
  rereadDataset: v.strictTuple([readingChoices]),
  fetchDataset: v.strictTuple([address]),
  cancelDataset: nothing,
  openDataset: oneDataset,
  deleteDataset: oneDataset,
  restoreDataset: oneDataset,
  nameClasses: v.strictTuple([classNames]),
  divideDataset: v.strictTuple([images]),
  datasetStatistics: nothing,
  datasetThumbnails: thumbnails,

  train: trained,
  pause: nothing,
  resume: resumed,
  stop: nothing,
  changeLearningRate: v.strictTuple([RecipeSchema.entries.learningRate]),
  previewAugmentation: v.strictTuple([recipe, wholeWithin({ min: 1, max: MOST_PREVIEW_IMAGES })]),

  evaluate: evaluateOptions,
  robustness: datasetChoice,
  cancelEvaluation: nothing,
  testImages: someImages,
  predict: v.strictTuple([picture]),
  inspect: inspected,
  filters: oneName,
  explain: v.strictTuple([seen, wholeWithin({ min: 0, max: 255 }), v.picklist(explanationMethods)]),
  exciting: oneName,
  cancelInside: nothing,
  validationImages: someImages,

  keepDrawing: v.strictTuple([picture, ClassNameSchema]),
  listDrawings: nothing,
  deleteDrawings: someDrawings,
  restoreDrawings: someDrawings,
  exportDrawings: nothing,
  importDrawings: v.strictTuple([file]),
  scoreDrawings: nothing,
  scoreRuns: nothing,
  fineTune: v.strictTuple([wholeWithin(recipeRanges.steps), RecipeSchema.entries.learningRate]),

  exportPredictions: v.strictTuple([v.picklist(predictionsKinds)]),
  cancelPredictions: nothing,

  exportWeights: v.strictTuple([v.picklist(weightsFormats)]),
  importWeights: importedWeights,

  listRuns: nothing,
  runRecord: oneRun,
  runEvaluation: oneRun,
  openRun: oneRun,
  openBest: oneRun,
  deleteRun: oneRun,
  restoreRun: oneRun,
  deleteAllRuns: nothing,
  restoreRuns: v.strictTuple([listOf(runId, MOST_RUNS)]),
  exportRuns: nothing,
  renameRun: v.strictTuple([runId, runName]),
  exportUnreadable: v.strictTuple([v.picklist(keptKinds), runId]),
} as const satisfies SchemasOf<WorkerApi>;

export type CallName = keyof WorkerApi;
export const callNames = Object.keys(callSchemas) as readonly CallName[];
