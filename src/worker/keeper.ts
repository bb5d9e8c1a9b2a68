import type { RunSummary } from '../domain/run.ts';
import type { TuningMemory } from '../domain/tuning.ts';
import type { WorkerEvent } from '../protocol/protocol.ts';
import { openDatabase } from '../storage/database.ts';
import { RunStore, type StoredRun } from '../storage/runStore.ts';
import { TuningStore } from '../storage/tuningStore.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { CurrentRun } from './currentRun.ts';

/**
 * Keeps runs for the session, and goes on without keeping where the browser refuses: a failure to
 * store is told, but never ends a training.
 */
export class Keeper {
  private store: RunStore | undefined;
  private measurements: TuningStore | undefined;

  constructor(private readonly emit: (event: WorkerEvent) => void) {}

  async open(): Promise<void> {
    try {
      const database = await openDatabase();
      this.measurements = new TuningStore(database);
      this.store = await RunStore.over(database);
      await this.announce();
    } catch (error) {
      this.tell(error);
    }
  }

  /** Writes a checkpoint; resolves when it is on disk, or has been said not to be. */
  async save(run: CurrentRun): Promise<void> {
    if (!this.store) return;
    const { record } = run;
    try {
      const bytes = await this.store.save(record, await run.exportState());
      const { id: runId, step } = record;
      this.emit({ type: 'checkpoint', runId, step, bytes, savedAt: Date.now() });
      await this.announce();
    } catch (error) {
      this.tell(error);
    }
  }

  /** The newest undamaged checkpoint; damaged ones that were passed over are told. */
  async load(id: string): Promise<StoredRun> {
    const stored = await this.required.load(id);
    for (const error of stored.damaged) this.tell(error);
    return stored;
  }

  /** Like `load`, or undefined where nothing is stored. */
  async loadIfStored(id: string): Promise<StoredRun | undefined> {
    const known = (await this.list()).some((run) => run.id === id);
    return known ? this.load(id) : undefined;
  }

  async list(): Promise<readonly RunSummary[]> {
    return (await this.store?.list()) ?? [];
  }

  async touch(id: string): Promise<void> {
    await this.annotate(id, { openedAt: Date.now() });
  }

  async hide(id: string): Promise<void> {
    await this.annotate(id, { deletedAt: Date.now() });
  }

  async restore(id: string): Promise<void> {
    await this.required.annotate(id, ({ deletedAt: _, ...note }) => note);
    await this.announce();
  }

  async annotate(
    id: string,
    change: { name?: string; testAccuracy?: number; openedAt?: number; deletedAt?: number },
  ): Promise<void> {
    await this.required.annotate(id, (note) => ({ ...note, ...change }));
    await this.announce();
  }

  /**
   * What was measured of the kernels. Where it cannot be read or written nobody is told: it is
   * measured again, which takes seconds.
   */
  readonly tuning: TuningMemory = {
    read: async (key) => this.measurements?.read(key).catch(() => undefined),
    write: async (key, record) => this.measurements?.write(key, record).catch(() => undefined),
    clear: () => opened(this.measurements).clear(),
  };

  private get required(): RunStore {
    return opened(this.store);
  }

  private async announce(): Promise<void> {
    this.emit({ type: 'runs', runs: await this.list() });
  }

  private tell(error: unknown): void {
    this.emit(errorEvent(error));
  }
}

function opened<Store>(store: Store | undefined): Store {
  if (!store) throw new WorkbenchError('storage.unavailable', { problem: 'not opened' });
  return store;
}

/** A failure as an event, for those that no call waits for. */
export function errorEvent(error: unknown): WorkerEvent {
  if (error instanceof WorkbenchError) {
    const { code, params, message } = error;
    return { type: 'error', code, params, message };
  }
  return { type: 'error', message: error instanceof Error ? error.message : String(error) };
}
