import type { EngineChoice } from '../domain/engineReport.ts';
import type { RunSummary } from '../domain/run.ts';
import type { StartOptions, WorkerEvent } from '../protocol/protocol.ts';
import { WorkbenchError } from '../util/errors.ts';
import { withFailure, withNotice } from './reduce.ts';
import { Restarts } from './restarts.ts';
import type { WorkbenchStore } from './store.ts';
import { WorkerLink } from './workerLink.ts';

/** What a restart came to: the training that goes on, if one did. */
interface Recovery {
  readonly training?: Promise<RunSummary>;
}

/**
 * Has a worker at all times. When it dies, hangs, or loses its GPU, another one is started in its
 * place, which opens the last checkpoint; a run that was training goes on. That is the one way back
 * from every fault: the page holds nothing that the checkpoint lacks.
 *
 * The engine is never changed silently: where another one answers than before, the run waits.
 */
export class WorkerHost {
  private link: WorkerLink;
  private options: StartOptions | undefined;
  private recovery: Promise<Recovery> | undefined;
  private readonly restarts = new Restarts();
  /** Whether steps were being made before whatever happened. */
  private wasTraining = false;
  private importedFiles: readonly File[] = [];

  constructor(
    private readonly makeWorker: () => Worker,
    private readonly store: WorkbenchStore,
    private readonly onEvent: (event: WorkerEvent) => void,
  ) {
    this.link = this.open();
  }

  private open(): WorkerLink {
    const link: WorkerLink = new WorkerLink(
      this.makeWorker(),
      (event) => {
        if (event.type === 'phase' && event.phase !== 'failed') {
          this.wasTraining = event.phase === 'training';
        }
        const isLost = event.type === 'error' && event.code === 'engine.lost';
        if (isLost) this.recover(new WorkbenchError('engine.lost', event.params));
        else this.onEvent(event);
      },
      (fault) => {
        // Before the first start it is a page that cannot work, not a fault to recover from.
        if (this.options) this.recover(fault);
        else link.end(fault);
      },
    );
    return link;
  }

  async start(options: StartOptions): Promise<void> {
    await this.call((api) => api.start(options));
    this.options = options;
  }

  /** The answer of the worker; a call that a restart cut off rejects with `worker.restarted`. */
  call<T>(ask: (api: WorkerLink['api']) => Promise<T>): Promise<T> {
    return this.link.call(ask(this.link.api));
  }

  /** A training to its end, over restarts of the worker. */
  async train(ask: (api: WorkerLink['api']) => Promise<RunSummary>): Promise<RunSummary> {
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
  remember(choice: { engine?: EngineChoice; threads?: number; files?: readonly File[] }): void {
    const { files, ...options } = choice;
    if (files) this.importedFiles = files;
    if (this.options) this.options = { ...this.options, ...options };
  }

  private recover(fault: WorkbenchError): void {
    this.recovery = this.restart(fault, this.wasTraining);
    this.recovery.catch((error: unknown) => {
      // The next worker met a fault too, and another restart is on its way.
      if (error instanceof WorkbenchError && error.code === 'worker.restarted') return;
      this.store.setState({ phase: 'failed' });
      this.store.setState((state) => withFailure(state, error));
    });
  }

  private async restart(fault: WorkbenchError, trained: boolean): Promise<Recovery> {
    const { options } = this;
    const before = this.store.getState();
    this.link.end(new WorkbenchError('worker.restarted'));
    this.store.setState({ phase: 'starting', preparation: undefined });
    const waitMs = this.restarts.next();
    this.store.setState((state) => withFailure(state, fault));
    if (waitMs > 0) {
      this.tell({ kind: 'info', news: 'restartWaits', message: 'The next start waits.' });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.link = this.open();
    if (!options) return {};
    const report = await this.call((api) => api.start({ ...options, isSuccessor: true }));
    if (this.importedFiles.length > 0) {
      await this.call((api) => api.importDataset(this.importedFiles));
    }
    const run = before.run?.record;
    if (!trained || !run) return {};
    if (report.name !== before.engine?.name) {
      this.tell({ kind: 'info', news: 'engineChanged', message: 'Another engine answered.' });
      return {};
    }
    // A run that died before its first checkpoint begins again: the seed makes it the same run.
    const isKept = this.store.getState().run?.record.id === run.id;
    const training = this.train((api) => (isKept ? api.resume() : api.train(run.recipe)));
    training.catch(() => {
      // Whoever waits for the training hears of it.
    });
    return { training };
  }

  private tell(notice: Parameters<typeof withNotice>[1]): void {
    this.store.setState((state) => withNotice(state, notice));
  }
}
