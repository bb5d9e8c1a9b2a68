import { createClient } from '../../app/client.ts';
import type { WorkbenchState } from '../../app/state.ts';
import { createWorkbenchStore } from '../../app/store.ts';
import type { Workbench } from '../../app/workbench.ts';
import type { EngineName } from '../../domain/engineReport.ts';
import { seedRecipe } from '../../domain/recipe.ts';
import type { Page } from './page.ts';
import type { WorkerConfession, WorkerOrder } from './workerHooks.ts';

/**
 * A page of the workbench without its panels, beside others in one document: the client and the store
 * that panels use, on a worker of its own.
 */
export class LocalPage implements Page {
  readonly workbench: Workbench;
  readonly mishaps: string[] = [];
  private readonly started: Promise<void>;
  private readonly store = createWorkbenchStore({ ...seedRecipe, architecture: 'lenet5' }, 'wasm');
  private worker: Worker | undefined;
  private isClosed = false;

  private constructor(engine: EngineName) {
    const makeWorker = () => {
      // The client of a page that was left starts no other worker.
      if (this.isClosed) throw new Error('the page is closed');
      this.worker = takeWorker();
      this.worker.addEventListener('message', (event) => this.hear(event));
      return this.worker;
    };
    const client = createClient(makeWorker, this.store, true);
    this.workbench = client;
    // Nothing is served there: a set that is asked for without being kept is missed, not fetched.
    const siteUrl = 'http://127.0.0.1:9/';
    this.started = client.start({ engine, siteUrl, tuning: 'off', threads: 1 });
  }

  static async open(): Promise<LocalPage> {
    const page = new LocalPage('wasm');
    await page.started;
    return page;
  }

  get state(): WorkbenchState {
    return this.store.getState();
  }

  subscribe(listener: (state: WorkbenchState) => void): () => void {
    return this.store.subscribe(listener);
  }

  private hear(event: MessageEvent<Partial<WorkerConfession> | undefined>): void {
    const unhandled = event.data?.unhandled;
    if (unhandled === undefined) return;
    event.stopImmediatePropagation();
    this.mishaps.push(`nobody handled in the worker: ${unhandled}`);
  }

  kill(): void {
    this.worker?.terminate();
    this.worker?.dispatchEvent(new ErrorEvent('error', { message: 'ended by the model' }));
  }

  loseGpu(): void {
    this.worker?.postMessage({ modelOrder: 'loseGpu' } satisfies WorkerOrder);
  }

  close(): void {
    this.isClosed = true;
    this.worker?.terminate();
  }
}

/** Loaded while something else goes on: most of a start is reading the worker's script. */
let spare: Worker | undefined;

function takeWorker(): Worker {
  const worker = spare ?? startWorker();
  spare = startWorker();
  return worker;
}

const startWorker = () => new Worker('/bundled-workers/worker.js', { type: 'module' });
