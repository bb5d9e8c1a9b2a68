import * as v from 'valibot';
import { frameOf, ingredients, usualAblation } from '../domain/ablation/ablation.ts';
import { variantFigures } from '../domain/ablation/ablationFigures.ts';
import { AblationOptionsSchema } from '../domain/ablation/ablationQueue.ts';
import type { DatasetSummary } from '../domain/data/dataset.ts';
import type { ReadingChoices } from '../domain/data/readingChoices.ts';
import { expectedBy } from '../domain/data/schemaIssue.ts';
import { listedConfusion } from '../domain/metrics/confusion.ts';
import { ensembleFigures } from '../domain/metrics/ensemble.ts';
import { unpackHistory } from '../domain/metrics/history.ts';
import { pairedComparison } from '../domain/metrics/pairedComparison.ts';
import { accuracyInterval } from '../domain/metrics/wilson.ts';
import { type Recipe, RecipeSchema, widthOfPreset } from '../domain/recipe/recipe.ts';
import type { PackedRecord, StartOptions } from '../protocol/protocol.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';
import { browserMemory } from './ablation/ablationMemory.ts';
import { AblationRunner } from './ablation/ablationRunner.ts';
import { askForPersistence, askForPersistenceOnce } from './effects/persistence.ts';
import { markTold, tellFailure } from './failures.ts';
import { withOwnWidth } from './ownWidth.ts';
import { reduce, withNotice } from './reduce.ts';
import type { WorkbenchStore } from './store.ts';
import { uploadsOf } from './uploads.ts';
import type { Workbench } from './workbench.ts';
import { WorkerHost } from './workerHost.ts';
import type { WorkerLink } from './workerLink.ts';

const unpacked = ({ history, ...record }: PackedRecord) => ({
  ...record,
  history: unpackHistory(history),
});

/** As many as a row of the page holds. */
const PREVIEW_IMAGES = 8;

/** Whoever cancels, or has another model take the place of one that reads, knows it. */
const cancellations: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'evaluation.cancelled',
  'dataset.cancelled',
  'predictions.cancelled',
  'model.replaced',
  'inside.overtaken',
  'inside.cancelled',
]);

export interface Client extends Workbench {
  /** Starts the engine and opens the run used last. Refusals become notices. */
  start(options: StartOptions): Promise<void>;
}

/** The page's side of the worker: forwards commands, and folds its events into the store. */
export function createClient(
  makeWorker: () => Worker,
  store: WorkbenchStore,
  widthIsGiven: boolean,
): Client {
  let widthFollowsEngine = !widthIsGiven;

  const onEvent = (event: WorkerEvent) => {
    store.setState((state) => reduce(state, event), true);
    if (event.type === 'engine' && widthFollowsEngine) {
      const { report } = event;
      store.setState(({ recipe }) => ({ recipe: withOwnWidth(recipe, report) }));
    }
  };
  const tell = (error: unknown) => {
    if (error instanceof WorkbenchError && cancellations.has(error.code)) markTold(error);
    else if (isEventOf(store, error)) markTold(error);
    else tellFailure(store, error);
  };
  /** Every refusal is told to the user and to the caller. */
  const told = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      tell(error);
      throw error;
    }
  };
  const showPersistence = (persistent: boolean) =>
    store.setState(({ storage }) => (storage ? { storage: { ...storage, persistent } } : {}));
  /** Nobody waits for the browser's answer. */
  const keepWhatComes = () => {
    askForPersistenceOnce().then(
      (persistent) => persistent && showPersistence(true),
      () => undefined,
    );
  };
  const setRecipe = (changes: Partial<Recipe>) => {
    const { recipe: before, engine } = store.getState();
    const recipe = checkedRecipe({ ...before, ...changes });
    const isNamed = changes.width !== undefined && changes.width !== widthOfPreset(recipe.preset);
    const isOtherKind = widthOfPreset(recipe.preset) !== widthOfPreset(before.preset);
    if (isNamed || isOtherKind) widthFollowsEngine = !isNamed;
    store.setState({ recipe: isOtherKind && !isNamed ? withOwnWidth(recipe, engine) : recipe });
  };
  const host = new WorkerHost(makeWorker, store, onEvent);
  const ask = <T>(question: (api: WorkerLink['api']) => Promise<T>) => told(host.call(question));
  /** Asked by the page itself, again and again: a look that fails is no news to whoever did not ask for it. */
  const look = async <T>(question: (api: WorkerLink['api']) => Promise<T>): Promise<T> => {
    try {
      return await host.call(question);
    } catch (error) {
      markTold(error);
      throw error;
    }
  };
  /** The next worker opens what is kept; it is given the files of what could not be. */
  const bring = async (
    question: (api: WorkerLink['api']) => Promise<DatasetSummary>,
    files: readonly File[] = [],
  ) => {
    const summary = await ask(question);
    const isKept = store.getState().datasets.some(({ id }) => id === summary.id);
    host.remember({ files: isKept ? [] : uploadsOf(files) });
    return summary;
  };
  const ablation = new AblationRunner(
    store,
    {
      dataset: async () => {
        const { dataset } = store.getState();
        if (dataset.status === 'ready') return dataset.summary;
        return host.call((api) => api.loadDataset());
      },
      train: (recipe, experiment) => host.train((api) => api.train(recipe, { experiment })),
      resume: () => host.train((api) => api.resume()),
      pause: () => host.call((api) => api.pause()),
      stop: () => host.call((api) => api.stop()),
      openRun: (id) => host.call((api) => api.openRun(id)),
      evaluate: (options) => host.call((api) => api.evaluate(options)),
      runRecord: async (id) => unpacked(await host.call((api) => api.runRecord(id))),
      tell,
    },
    browserMemory,
  );

  return {
    state: store.getState,
    subscribe: store.subscribe,

    async start(options) {
      await told(host.start(options)).catch(() => store.setState({ phase: 'failed' }));
    },
    async selectEngine(engine) {
      const hasFailed = store.getState().phase === 'failed';
      const report = await (hasFailed
        ? told(host.startAnew(engine))
        : ask((api) => api.selectEngine(engine)));
      host.remember({ engine });
      store.setState({ engineChoice: engine });
      return report;
    },
    async selectThreads(threads) {
      const report = await ask((api) => api.selectThreads(threads));
      host.remember({ threads });
      return report;
    },
    async clearKernelChoices() {
      await ask((api) => api.clearKernelChoices());
      const message = 'The kernel choices are cleared.';
      const notice = { kind: 'info', news: 'kernelChoicesCleared', message } as const;
      store.setState((state) => withNotice(state, notice));
    },
    setRecipe,
    async answerLink(starts) {
      const { linkAsks } = store.getState();
      store.setState({ linkAsks: false });
      if (!linkAsks || !starts) return;
      keepWhatComes();
      const { recipe } = store.getState();
      // A refusal already stands among the notices.
      told(host.train((api) => api.train(recipe))).catch(() => undefined);
    },
    async loadDataset() {
      const summary = await ask((api) => api.loadDataset());
      host.remember({ files: [] });
      return summary;
    },
    importDataset(files, choices = {}) {
      keepWhatComes();
      return bring((api) => api.importDataset(uploadsOf(files), inPageLanguage(choices)), files);
    },
    fetchDataset: (address) => bring((api) => api.fetchDataset(address)),
    cancelDataset: () => ask((api) => api.cancelDataset()),
    rereadDataset: (choices) => bring((api) => api.rereadDataset(inPageLanguage(choices))),
    openDataset: (id) => bring((api) => api.openDataset(id)),
    deleteDataset: (id) => ask((api) => api.deleteDataset(id)),
    restoreDataset: (id) => ask((api) => api.restoreDataset(id)),
    nameClasses: (names) => ask((api) => api.nameClasses(names)),
    divideDataset: (validationCount) => ask((api) => api.divideDataset(validationCount)),
    datasetStatistics: () => ask((api) => api.datasetStatistics()),
    datasetThumbnails: (...given) => ask((api) => api.datasetThumbnails(...given)),
    async train(changes, options = {}) {
      keepWhatComes();
      // Who trains without answering is not asked any more.
      store.setState({ linkAsks: false });
      if (changes) setRecipe(changes);
      const { recipe } = store.getState();
      return told(host.train((api) => api.train(recipe, options), options));
    },
    pause: () => ask((api) => api.pause()),
    async resume(moreSteps, options = {}) {
      keepWhatComes();
      return told(host.train((api) => api.resume(moreSteps, options), options));
    },
    stop: () => ask((api) => api.stop()),
    changeLearningRate: (learningRate) =>
      ask(async (api) => {
        checkedRecipe({ ...store.getState().recipe, learningRate });
        await api.changeLearningRate(learningRate);
      }),
    previewAugmentation(count = PREVIEW_IMAGES) {
      const { recipe } = store.getState();
      return ask((api) => api.previewAugmentation(recipe, count));
    },
    evaluate: (options) => ask((api) => api.evaluate(options)),
    async robustness(options) {
      const robustness = await ask((api) => api.robustness(options));
      store.setState({ robustness });
      return robustness;
    },
    cancelEvaluation: () => ask((api) => api.cancelEvaluation()),
    testImages: (indices) => ask((api) => api.testImages(indices)),
    async predict(picture) {
      const prediction = await ask((api) => api.predict(picture));
      store.setState({ prediction });
      return prediction;
    },
    inspect: (picture, only) => look((api) => api.inspect(picture, only)),
    filters: (layer) => look((api) => api.filters(layer)),
    explain: (picture, label, method) => ask((api) => api.explain(picture, label, method)),
    exciting: (layer) => ask((api) => api.exciting(layer)),
    cancelInside: () => ask((api) => api.cancelInside()),
    validationImages: (indices) => ask((api) => api.validationImages(indices)),
    clearPrediction: () => store.setState({ prediction: undefined }),
    keepDrawing(picture, className) {
      keepWhatComes();
      return ask((api) => api.keepDrawing(picture, className));
    },
    listDrawings: () => ask((api) => api.listDrawings()),
    deleteDrawings: (ids) => ask((api) => api.deleteDrawings(ids)),
    restoreDrawings: (ids) => ask((api) => api.restoreDrawings(ids)),
    exportDrawings: () => ask((api) => api.exportDrawings()),
    importDrawings: (file) => ask((api) => api.importDrawings(file)),
    async scoreDrawings() {
      const drawnScore = await ask((api) => api.scoreDrawings());
      if (store.getState().run?.record.id === drawnScore.runId) store.setState({ drawnScore });
      return drawnScore;
    },
    scoreRuns: () => ask((api) => api.scoreRuns()),
    fineTune: (steps, learningRate) => told(host.train((api) => api.fineTune(steps, learningRate))),
    exportPredictions: (kind = 'submission') => ask((api) => api.exportPredictions(kind)),
    cancelPredictions: () => ask((api) => api.cancelPredictions()),
    exportWeights: (format = 'safetensors') => ask((api) => api.exportWeights(format)),
    importWeights: (file, other) => ask((api) => api.importWeights(file, other)),
    runRecord: async (id) => unpacked(await ask((api) => api.runRecord(id))),
    runEvaluation: (id) => ask((api) => api.runEvaluation(id)),
    async compareRuns(...ids) {
      const [first, second] = await Promise.all(
        ids.map((id) => ask((api) => api.runEvaluation(id))),
      );
      return first && second && pairedComparison(first, second);
    },
    evaluateTogether: ensembleFigures,
    accuracyInterval,
    listedConfusion,
    openBest: (id) => ask((api) => api.openBest(id)),
    openRun: (id) => ask((api) => api.openRun(id)),
    deleteRun: (id) => ask((api) => api.deleteRun(id)),
    restoreRun: (id) => ask((api) => api.restoreRun(id)),
    renameRun: (id, name) => ask((api) => api.renameRun(id, name)),
    deleteAllRuns: () => ask((api) => api.deleteAllRuns()),
    restoreRuns: (ids) => ask((api) => api.restoreRuns(ids)),
    exportUnreadable: (kind, id) => ask((api) => api.exportUnreadable(kind, id)),
    exportRuns: () => ask((api) => api.exportRuns()),
    async keepStorage() {
      const persistent = await askForPersistence();
      showPersistence(persistent);
      return persistent;
    },
    async runAblation(chosen = ingredients, { seeds, trainingImages, ...changes } = {}) {
      keepWhatComes();
      const { steps } = usualAblation;
      const recipe = checkedRecipe({ ...store.getState().recipe, steps, ...changes });
      const options = { seeds: seeds ?? usualAblation.seeds, trainingImages };
      const frame = frameOf(recipe);
      return told(ablation.start({ frame, chosen, ...checked(AblationOptionsSchema, options) }));
    },
    continueAblation: () => told(ablation.continue()),
    retryAblation: () => told(ablation.retry()),
    ablationFigures() {
      const queue = store.getState().ablation;
      return queue ? variantFigures(queue) : [];
    },
    pauseAblation: () => ablation.pause(),
    cancelAblation: () => ablation.cancel(),
    clearAblation: () => ablation.clear(),
    restoreAblation: (queue) => told(Promise.resolve(queue).then((one) => ablation.restore(one))),
    tell,
    dismissNotice: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
}

/** The engine's own fault came as an event before the calls that it ends. */
function isEventOf(store: WorkbenchStore, error: unknown): boolean {
  if (!(error instanceof WorkbenchError) || error.code !== 'engine.gpuError') return false;
  return store.getState().notices.some(({ message }) => message === error.message);
}

function checkedRecipe(recipe: Recipe): Recipe {
  return checked(RecipeSchema, recipe);
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new WorkbenchError('recipe.badValue', {
    name: v.getDotPath(issue) ?? '',
    value: String(issue.input),
    expected: expectedBy(issue),
  });
}

/** Of names without Unicode the language of the page tells how they are meant. */
const inPageLanguage = (choices: ReadingChoices): ReadingChoices => ({
  language: document.documentElement.lang,
  ...choices,
});
