import * as Comlink from 'comlink';
import * as v from 'valibot';
import { type Recipe, RecipeSchema } from '../domain/recipe.ts';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import type { EventMessage, StartOptions, WorkerApi, WorkerEvent } from '../protocol/protocol.ts';
import { WorkbenchError } from '../util/errors.ts';
import { reduce, withNotice } from './reduce.ts';
import type { WorkbenchStore } from './store.ts';
import type { Workbench } from './workbench.ts';

/** Width on machines without a hardware adapter, where the full network takes minutes a step. */
const MODEST_WIDTH = 0.25;

export interface Client extends Workbench {
  /** Starts the engine and opens the run used last. Refusals become notices. */
  start(options: StartOptions): Promise<void>;
}

/** The page's side of the worker: forwards commands, and folds its events into the store. */
export function createClient(worker: Worker, store: WorkbenchStore, widthIsGiven: boolean): Client {
  transferWorkbenchErrors();
  const api = Comlink.wrap<WorkerApi>(worker);
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
    const { code, params } = error instanceof WorkbenchError ? error : {};
    const message = error instanceof Error ? error.message : String(error);
    store.setState((state) =>
      withNotice(state, {
        kind: 'error',
        message,
        ...(code && { code }),
        ...(params && { params }),
      }),
    );
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
  const setRecipe = (changes: Partial<Recipe>) => {
    if (changes.width !== undefined) widthFollowsEngine = false;
    const recipe = checkedRecipe({ ...store.getState().recipe, ...changes });
    store.setState({ recipe });
  };
  worker.addEventListener('error', ({ message }) => {
    store.setState({ phase: 'failed' });
    tell(new WorkbenchError('worker.failed', { problem: message || 'it could not be loaded' }));
  });
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<EventMessage>>) => {
    if (data.workbenchEvent) onEvent(data.workbenchEvent);
  });

  return {
    state: store.getState,
    subscribe: store.subscribe,

    async start(options) {
      await told(api.start(options)).catch(() => store.setState({ phase: 'failed' }));
    },
    async selectEngine(engine) {
      const report = await told(api.selectEngine(engine));
      store.setState({ engineChoice: engine });
      return report;
    },
    selectThreads: (threads) => told(api.selectThreads(threads)),
    async clearKernelChoices() {
      await told(api.clearKernelChoices());
      const message = 'The kernel choices are cleared.';
      const notice = { kind: 'info', news: 'kernelChoicesCleared', message } as const;
      store.setState((state) => withNotice(state, notice));
    },
    setRecipe,
    loadDataset: () => told(api.loadDataset()),
    importDataset: (files) => told(api.importDataset(files)),
    async train(changes) {
      if (changes) setRecipe(changes);
      return told(api.train(store.getState().recipe));
    },
    pause: () => told(api.pause()),
    resume: (moreSteps) => told(api.resume(moreSteps)),
    stop: () => told(api.stop()),
    evaluate: () => told(api.evaluate()),
    cancelEvaluation: () => told(api.cancelEvaluation()),
    testImages: (indices) => told(api.testImages(indices)),
    async predict(picture) {
      const prediction = await told(api.predict(picture));
      store.setState({ prediction });
      return prediction;
    },
    clearPrediction: () => store.setState({ prediction: undefined }),
    exportWeights: (format = 'safetensors') => told(api.exportWeights(format)),
    importWeights: (file) => told(api.importWeights(file)),
    openRun: (id) => told(api.openRun(id)),
    deleteRun: (id) => told(api.deleteRun(id)),
    restoreRun: (id) => told(api.restoreRun(id)),
    renameRun: (id, name) => told(api.renameRun(id, name)),
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
