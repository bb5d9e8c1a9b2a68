import type { EngineChoice, EngineName, EngineReport } from '../domain/machine/engineReport.ts';
import type { RunSummary } from '../domain/runs/run.ts';
import type { DatasetUpload, Phase, ResumeOptions, StartOptions } from '../protocol/protocol.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { isTold, markTold, tellFailure } from './failures.ts';
import { firstStart, forgetUnopened, nextStart, noteDeath } from './goingOn.ts';
import { withFailure, withNotice } from './reduce.ts';
import { Restarts } from './restarts.ts';
import { nothingUnderWay, type WorkbenchState } from './state.ts';
import type { WorkbenchStore } from './store.ts';
import { WorkerLink } from './workerLink.ts';

/** What a restart came to: the training that goes on, if one did. */
interface Recovery {
  readonly training?: Promise<RunSummary>;
}

/** Chromium keeps WebGPU from a page for two minutes after the GPU's process crashed twice. */
const RETRY_MS = 30_000;
const GPU_ATTEMPTS = 8;

/** What a worker ends with before it has answered. */
const CUT_OFF: ReadonlySet<unknown> = new Set(['worker.failed', 'worker.silent', 'engine.lost']);

/** Faults of the engine that another worker does not meet at once, or not with a smaller run. */
const ENGINE_FAULTS: ReadonlySet<unknown> = new Set(['engine.lost', 'engine.outOfMemory']);

/**
 * Has a worker at all times. When it dies, hangs, or loses its GPU, another one is started in its
 * place, which opens the last checkpoint; a run that was training goes on. That is the one way back
 * from every fault: the page holds nothing that the checkpoint lacks.
 *
 * The engine is never changed silently: where another one answers than before, the run waits.
 */
export class WorkerHost {
  private opened: WorkerLink | undefined;
  /** How the page asked for its first worker, whether that started or not. */
  private first: StartOptions | undefined;
  private options: StartOptions | undefined;
  private recovery: Promise<Recovery> | undefined;
  private readonly restarts = new Restarts();
  /** Restarts under way; the one before may still have to end when another fault comes. */
  private restarting = 0;
  /** Whether steps were being made before whatever happened. */
  private wasTraining = false;
  private importedFiles: readonly DatasetUpload[] = [];
  /** Of the training in progress: another worker goes on in the same way. */
  private ways: ResumeOptions = {};

  constructor(
    private readonly makeWorker: () => Worker,
    private readonly store: WorkbenchStore,
    private readonly onEvent: (event: WorkerEvent) => void,
  ) {}

  /** Begun with the first call: where no worker can be made, whoever calls hears of it. */
  private get link(): WorkerLink {
    this.opened ??= this.open();
    return this.opened;
  }

  private open(): WorkerLink {
    const onFault = (fault: WorkbenchError) => {
      // Of a first start it is whoever asked for it that hears.
      if (this.options) this.recover(fault);
      else link.end(fault);
    };
    const link: WorkerLink = new WorkerLink(
      this.makeWorker(),
      (event) => {
        if (event.type === 'phase') this.notePhase(event.phase);
        if (event.type === 'error' && event.code && ENGINE_FAULTS.has(event.code)) {
          onFault(new WorkbenchError(event.code, event.params));
        } else this.onEvent(event);
      },
      onFault,
    );
    return link;
  }

  /** The first start. One that a fault of the worker cuts off is made once more, with another worker. */
  async start(options: StartOptions): Promise<void> {
    this.first = options;
    const start = () => this.begin(firstStart(options, this.store.getState()));
    try {
      await start();
    } catch (error) {
      if (!(error instanceof WorkbenchError) || !CUT_OFF.has(error.code)) throw error;
      this.opened = this.open();
      this.store.setState({ phase: 'starting', ...nothingUnderWay });
      await start();
      tellFailure(this.store, error);
    }
    this.options = options;
  }

  /** A start that nobody but its caller sees to: what the worker dies of meanwhile none opens after it. */
  private async begin(options: StartOptions): Promise<EngineReport> {
    try {
      return await this.call((api) => api.start(options));
    } catch (error) {
      noteDeath(this.store, error);
      throw error;
    }
  }

  /**
   * Has a failed worker, or one that did not start, make room for another, which begins with this
   * engine. Calls that still wait for the failed one reject.
   */
  async startAnew(engine: EngineChoice): Promise<EngineReport> {
    const before = this.options ?? this.first;
    assert(before, 'the page has asked for a worker to start');
    const shown = this.store.getState();
    // What a restart before this one came to is no answer to the calls that end here.
    this.recovery = undefined;
    this.opened?.end(new WorkbenchError('worker.restarted'));
    this.store.setState({ phase: 'starting', ...nothingUnderWay });
    const options = { ...before, engine };
    try {
      this.opened = this.open();
      const report = await this.begin(nextStart(options, shown));
      this.options = options;
      await this.bringBack(shown);
      return report;
    } catch (error) {
      this.store.setState({ phase: 'failed' });
      throw error;
    }
  }

  /**
   * After a start: what could not be kept is brought in again, or forgotten. Gives whether the run is kept:
   * it is in the list, or, where another tab has deleted it meanwhile, was opened all the same.
   * @param before as the page was before the start
   */
  private async bringBack(before: WorkbenchState): Promise<boolean> {
    if (this.importedFiles.length > 0) {
      await this.call((api) => api.importDataset(this.importedFiles));
    }
    forgetUnopened(this.store, before);
    const id = before.run?.record.id;
    const { runs, run } = this.store.getState();
    return run?.record.id === id || runs.some((kept) => kept.id === id);
  }

  /** The answer of the worker; a call that a restart cut off rejects with `worker.restarted`. */
  async call<T>(ask: (api: WorkerLink['api']) => Promise<T>): Promise<T> {
    return this.link.call(ask(this.link.api));
  }

  /** A training to its end, over restarts of the worker. */
  async train(
    ask: (api: WorkerLink['api']) => Promise<RunSummary>,
    { onSpike }: ResumeOptions = {},
  ): Promise<RunSummary> {
    this.ways = onSpike ? { onSpike } : {};
    let training = this.call(ask);
    for (;;) {
      try {
        return await training;
      } catch (error) {
        const isCutOff = error instanceof WorkbenchError && error.code === 'worker.restarted';
        const next = isCutOff ? (await this.recovery)?.training : undefined;
        if (!next) throw error;
        training = next;
      }
    }
  }

  /** What the next worker begins with, as the user chose it in the meantime. */
  remember(choice: {
    engine?: EngineChoice;
    threads?: number;
    files?: readonly DatasetUpload[];
  }): void {
    const { files, ...options } = choice;
    if (files) this.importedFiles = files;
    if (this.options) this.options = { ...this.options, ...options };
  }

  /** While a run is brought back it counts as training, for a fault that comes meanwhile. */
  private notePhase(phase: Phase): void {
    if (this.restarting > 0 || phase === 'failed' || phase === 'loading') return;
    this.wasTraining = phase === 'training';
  }

  private recover(fault: WorkbenchError): void {
    this.restarting++;
    this.recovery = this.restart(fault, this.wasTraining).finally(() => {
      this.restarting--;
    });
    this.recovery.catch((error: unknown) => {
      // The next worker met a fault too, and another restart is on its way.
      if (error instanceof WorkbenchError && error.code === 'worker.restarted') return;
      if (isTold(error)) return;
      this.store.setState({ phase: 'failed' });
      this.store.setState((state) => withFailure(state, error));
    });
  }

  private async restart(fault: WorkbenchError, trained: boolean): Promise<Recovery> {
    const before = this.store.getState();
    const { options } = this;
    noteDeath(this.store, fault);
    // The same run would fill the memory again: it waits, and the user hears what to change.
    const waits = fault.code === 'engine.outOfMemory';
    const goesOn = trained && !waits;
    this.link.end(waits ? fault : new WorkbenchError('worker.restarted'));
    markTold(fault);
    this.store.setState({ phase: 'starting', ...nothingUnderWay });
    const waitMs = this.restarts.next();
    this.store.setState((state) => withFailure(state, fault));
    if (waitMs > 0) {
      this.tell({ kind: 'info', news: 'restartWaits', message: 'The next start waits.' });
      await wait(waitMs);
    }
    if (!options) {
      this.opened = this.open();
      return {};
    }
    const { passedOver } = this.store.getState();
    const start = nextStart(options, { ...before, passedOver });
    const report = await this.startAgain(start, before.engine?.name);
    const run = before.run?.record;
    const isKept = await this.bringBack(before);
    if (!goesOn || !run) return {};
    // It was passed over, or cannot be read, which was told: nothing else is trained in its place.
    if (isKept && this.store.getState().run?.record.id !== run.id) return {};
    if (report.name !== before.engine?.name) {
      this.tell({ kind: 'info', news: 'engineChanged', message: 'Another engine answered.' });
      return {};
    }
    // A run that died before its first checkpoint begins again: the seed makes it the same run.
    const { ways } = this;
    const { recipe, experiment } = run;
    const training = this.train(
      (api) =>
        isKept
          ? api.resume(undefined, ways)
          : api.train(recipe, { ...ways, ...(experiment && { experiment }) }),
      ways,
    );
    training.catch(() => {
      // Whoever waits for the training hears of it.
    });
    return { training };
  }

  /**
   * Starts another worker, and again where the GPU does not answer as it did before. If it stays away,
   * the engine is what answers instead, or the failure is the caller's.
   */
  private async startAgain(options: StartOptions, before?: EngineName): Promise<EngineReport> {
    for (let attempt = 1; ; attempt++) {
      this.opened = this.open();
      const isLast = before !== 'webgpu' || attempt > GPU_ATTEMPTS;
      try {
        const report = await this.call((api) => api.start(options));
        if (isLast || report.name === before) return report;
      } catch (error) {
        const isAway = error instanceof WorkbenchError && error.code === 'engine.unavailable';
        if (isLast || !isAway) throw error;
      }
      if (attempt === 1) {
        this.tell({ kind: 'warning', news: 'gpuAway', message: 'No GPU answers for now.' });
      }
      this.link.end(new WorkbenchError('worker.restarted'));
      this.store.setState({ phase: 'starting' });
      await wait(RETRY_MS);
    }
  }

  private tell(notice: Parameters<typeof withNotice>[1]): void {
    this.store.setState((state) => withNotice(state, notice));
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
