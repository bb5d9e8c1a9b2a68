import { isResting } from '../../app/canStart.ts';
import { createClient } from '../../app/client.ts';
import type { WorkbenchState } from '../../app/state.ts';
import { createWorkbenchStore } from '../../app/store.ts';
import type { Workbench } from '../../app/workbench.ts';
import type { EngineName } from '../../domain/machine/engineReport.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { settles } from '../../util/settles.ts';
import type { Page } from './page.ts';
import type { WorkerConfession, WorkerOrder } from './workerHooks.ts';

/** Generous: a machine that is busy is no fault. */
const START_MS = 60_000;

/**
 * A page of the workbench without its panels, beside others in one document: the client and the store
 * that panels use, on a worker of its own.
 */
export class LocalPage implements Page {
  readonly mishaps: string[] = [];
  private readonly client: ReturnType<typeof createClient>;
  private readonly store = createWorkbenchStore({ ...seedRecipe, architecture: 'lenet5' }, 'wasm');
  private worker: Worker | undefined;
  private isClosed = false;

  private constructor() {
    const makeWorker = () => {
      // The client of a page that was left starts no other worker.
      if (this.isClosed) throw new Error('the page is closed');
      this.worker = takeWorker();
      this.worker.addEventListener('message', (event) => this.hear(event));
      return this.worker;
    };
    this.client = createClient(makeWorker, this.store, true);
  }

  static async open(): Promise<LocalPage> {
    const page = new LocalPage();
    await page.start('wasm');
    return page;
  }

  get workbench(): Workbench {
    return this.client;
  }

  /** Whoever sees a page at rest may do anything there: its start must be over then. */
  private async start(engine: EngineName): Promise<void> {
    let wasAtRest = false;
    const stopWatching = this.subscribe(({ phase }) => {
      const isMoving = !isResting(phase);
      if (wasAtRest && isMoving) this.mishaps.push(`at rest before the start was over: ${phase}`);
      wasAtRest ||= !isMoving;
    });
    // Nothing is served there: a set that is asked for without being kept is missed, not fetched.
    const siteUrl = 'http://127.0.0.1:9/';
    const started = this.client.start({ engine, siteUrl, tuning: 'off', threads: 1 });
    await settles(started, START_MS, 'wait.engine').finally(stopWatching);
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
const spares: Worker[] = [];
/** A story begins with one tab, and often opens another at once. */
const SPARES = 2;

function takeWorker(): Worker {
  const worker = spares.shift() ?? startWorker();
  while (spares.length < SPARES) spares.push(startWorker());
  return worker;
}

const startWorker = () => new Worker('/bundled-workers/worker.js', { type: 'module' });
