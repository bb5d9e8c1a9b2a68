import * as v from 'valibot';
import { type Recipe, RecipeSchema } from '../domain/recipe.ts';
import type { StartOptions, WorkerEvent } from '../protocol/protocol.ts';
import { WorkbenchError } from '../util/errors.ts';
import { askForPersistenceOnce } from './persistence.ts';
import { reduce, withFailure, withNotice } from './reduce.ts';
import type { WorkbenchStore } from './store.ts';
import type { Workbench } from './workbench.ts';
import { WorkerHost } from './workerHost.ts';
import type { WorkerLink } from './workerLink.ts';

/** Width on machines without a hardware adapter, where the full network takes minutes a step. */
const MODEST_WIDTH = 0.25;

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
      const hardware = event.report.adapter?.software === false && event.report.name === 'webgpu';
      const width = hardware ? 1 : MODEST_WIDTH;
      store.setState(({ recipe }) => ({ recipe: { ...recipe, width } }));
    }
  };
  const tell = (error: unknown) => {
    // Who cancels knows it.
    if (error instanceof WorkbenchError && error.code === 'evaluation.cancelled') return;
    store.setState((state) => withFailure(state, error));
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
    if (changes.width !== undefined) widthFollowsEngine = false;
    const recipe = checkedRecipe({ ...store.getState().recipe, ...changes });
    store.setState({ recipe });
  };
  const host = new WorkerHost(makeWorker, store, onEvent);
  const ask = <T>(question: (api: WorkerLink['api']) => Promise<T>) => told(host.call(question));

  return {
    state: store.getState,
    subscribe: store.subscribe,

    async start(options) {
      await told(host.start(options)).catch(() => store.setState({ phase: 'failed' }));
    },
    async selectEngine(engine) {
      const report = await ask((api) => api.selectEngine(engine));
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
    async loadDataset() {
      const summary = await ask((api) => api.loadDataset());
      host.remember({ files: [] });
      return summary;
    },
    async importDataset(files) {
      const summary = await ask((api) => api.importDataset(files));
      host.remember({ files });
      return summary;
    },
    async train(changes) {
      keepWhatComes();
      if (changes) setRecipe(changes);
      const { recipe } = store.getState();
      return told(host.train((api) => api.train(recipe)));
    },
    pause: () => ask((api) => api.pause()),
    async resume(moreSteps) {
      keepWhatComes();
      return told(host.train((api) => api.resume(moreSteps)));
    },
    stop: () => ask((api) => api.stop()),
    evaluate: () => ask((api) => api.evaluate()),
    cancelEvaluation: () => ask((api) => api.cancelEvaluation()),
    testImages: (indices) => ask((api) => api.testImages(indices)),
    async predict(picture) {
      const prediction = await ask((api) => api.predict(picture));
      store.setState({ prediction });
      return prediction;
    },
    clearPrediction: () => store.setState({ prediction: undefined }),
    exportWeights: (format = 'safetensors') => ask((api) => api.exportWeights(format)),
    importWeights: (file) => ask((api) => api.importWeights(file)),
    openRun: (id) => ask((api) => api.openRun(id)),
    deleteRun: (id) => ask((api) => api.deleteRun(id)),
    restoreRun: (id) => ask((api) => api.restoreRun(id)),
    renameRun: (id, name) => ask((api) => api.renameRun(id, name)),
    deleteAllRuns: () => ask((api) => api.deleteAllRuns()),
    restoreRuns: (ids) => ask((api) => api.restoreRuns(ids)),
    exportRuns: () => ask((api) => api.exportRuns()),
    async keepStorage() {
      const persistent = await navigator.storage.persist();
      showPersistence(persistent);
      return persistent;
    },
    dismissNotice: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
}

function checkedRecipe(recipe: Recipe): Recipe {
  const result = v.safeParse(RecipeSchema, recipe);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new WorkbenchError('recipe.badValue', {
    name: v.getDotPath(issue) ?? '',
    value: String(issue.input),
    expected: issue.expected ?? issue.message,
  });
}
