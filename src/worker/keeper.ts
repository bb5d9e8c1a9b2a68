import type { KeptEvaluation } from '../domain/keptEvaluation.ts';
import {
  DELETION_UNDO_MS,
  type NamedTensor,
  type RunRecord,
  type RunSummary,
} from '../domain/run.ts';
import { checkpointBytes } from '../domain/storageReport.ts';
import type { TuningMemory } from '../domain/tuning.ts';
import type { ErrorEvent, WorkerEvent } from '../protocol/protocol.ts';
import { Connection } from '../storage/connection.ts';
import type { RunNote } from '../storage/database.ts';
import { DrawingStore } from '../storage/drawingStore.ts';
import { WriterLock } from '../storage/locks.ts';
import { GENERATIONS_KEPT, RunStore, type StoredRun } from '../storage/runStore.ts';
import { TuningStore } from '../storage/tuningStore.ts';
import { WorkbenchError } from '../util/errors.ts';
import { DatasetKeeper } from './datasetKeeper.ts';

/** What a checkpoint is made of, in the worker's `CurrentRun`. */
export interface Keepable {
  readonly record: RunRecord;
  exportState(): Promise<readonly NamedTensor[]>;
}

const SUCCESSOR_PATIENCE_MS = 5000;

/** On which tabs tell each other that what is stored has changed. */
const CHANGES = 'alexnet-workbench:changes';

/** What may have changed of what is stored. */
type Stored = 'runs' | 'datasets';

/** Lists that change several times a second are read this often. */
const REREAD_MS = 500;

/**
 * Keeps runs for the session, and goes on without keeping where the browser refuses: a failure to
 * store is told, but never ends a training.
 */
export class Keeper {
  readonly datasets = new DatasetKeeper();
  private store: RunStore | undefined;
  private drawingStore: DrawingStore | undefined;
  private measurements: TuningStore | undefined;
  private changes: BroadcastChannel | undefined;
  private readonly awaited = new Set<Stored | 'announce'>();
  private readonly writer = new WriterLock();
  private patienceMs: number | undefined;
  /** The run whose failures to be stored were told, and which: each is told once a run. */
  private readonly told = { runId: '', codes: new Set<string>() };

  constructor(
    private readonly emit: (event: WorkerEvent) => void,
    private readonly databaseName?: string,
  ) {}

  /**
   * Resolves when the store is open, or has been said not to be.
   * @param isSuccessor whether another worker of this page was ended: until the browser has freed its
   *   lock, which takes seconds where it hung, the first training waits.
   */
  async open(isSuccessor = false): Promise<void> {
    if (isSuccessor) this.patienceMs = SUCCESSOR_PATIENCE_MS;
    const blocked = Promise.withResolvers<void>();
    const opening = Connection.open(this.databaseName, {
      onBlocked: () => {
        this.warn(new WorkbenchError('storage.blocked'));
        blocked.resolve();
      },
      onLost: (loss) => {
        this.warn(loss);
        if (loss.code === 'storage.deleted') this.announceAll().catch(() => undefined);
      },
    });
    const ready = opening
      .then((connection) => this.adopt(connection))
      .catch((error: unknown) => this.tell(error));
    await Promise.race([ready, blocked.promise]);
  }

  private async adopt(connection: Connection): Promise<void> {
    this.measurements = new TuningStore(connection);
    this.store = new RunStore(connection);
    this.drawingStore = new DrawingStore(connection);
    this.changes = new BroadcastChannel(CHANGES);
    this.changes.onmessage = ({ data }: MessageEvent<Stored>) =>
      this.soon(data, () => this.show(data));
    this.datasets.adopt(connection, () => this.announce('datasets'));
    await this.cleanUp();
    await this.showRuns();
    await this.showDatasets();
  }

  close(): void {
    this.store?.close();
    this.changes?.close();
  }

  /**
   * Makes this tab the one that writes runs, until the function that it gives is called. Refused
   * where another tab is.
   */
  async startWriting(): Promise<() => void> {
    const { patienceMs } = this;
    this.patienceMs = undefined;
    return this.write(patienceMs);
  }

  private async write(patienceMs?: number): Promise<() => void> {
    const wasWriting = this.writer.isHeld;
    const stopWriting = await this.writer.hold(patienceMs);
    if (!stopWriting) throw new WorkbenchError('storage.inUse');
    // What a tab left that died while it wrote; chunks of our own checkpoint in progress stay.
    if (!wasWriting) await this.store?.sweep().catch(() => undefined);
    return stopWriting;
  }

  /** Writes a checkpoint; resolves when it is on disk, or has been said not to be. */
  async save(run: Keepable): Promise<void> {
    if (!this.store) return;
    const { record } = run;
    const { id: runId, step } = record;
    let stopWriting: (() => void) | undefined;
    try {
      stopWriting = await this.write();
      if (await this.store.hasNewer(runId)) {
        throw new WorkbenchError('run.trainedElsewhere', { run: record.name });
      }
      const bytes = await this.store.save(record, await run.exportState());
      this.emit({ type: 'checkpoint', runId, step, bytes, savedAt: Date.now() });
      // Small networks are kept several times a second; their list need not be read as often.
      if (record.status === 'training') this.soon('announce', () => this.announce());
      else await this.announce();
    } catch (error) {
      this.tellOnce(runId, error);
    } finally {
      stopWriting?.();
    }
  }

  /** Keeps what has changed of a run since its last checkpoint other than by steps. */
  async amend(record: RunRecord): Promise<void> {
    await this.store?.amend(record).catch((error: unknown) => this.tellOnce(record.id, error));
  }

  /** Warns where the checkpoints of a run that is to train will find no room. */
  async warnOfLittleRoom({ id, architecture, recipe }: RunRecord): Promise<void> {
    if (!this.store || !navigator.storage) return;
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const stored = (await this.list()).find((run) => run.id === id)?.storedBytes ?? 0;
    // The oldest goes when the newest is complete: for a moment there is one more than are kept.
    const needed = checkpointBytes(architecture, recipe) * (GENERATIONS_KEPT + 1) - stored;
    const free = Math.max(0, quota - usage);
    if (needed <= free) return;
    const [neededMB, freeMB] = [Math.ceil(needed / 1e6), Math.floor(free / 1e6)];
    this.warn(new WorkbenchError('storage.low', { neededMB, freeMB }));
  }

  /** The newest undamaged checkpoint; damaged ones that were passed over are told. */
  async load(id: string): Promise<StoredRun> {
    const stored = await this.required.load(id);
    for (const error of stored.damaged) this.tell(error);
    return stored;
  }

  /** Like `load`; one that cannot be read is told, and nothing given. */
  async loadForExport(id: string): Promise<StoredRun | undefined> {
    try {
      return await this.load(id);
    } catch (error) {
      this.tell(error);
      return undefined;
    }
  }

  /** Like `load`, or undefined where nothing is stored. */
  async loadIfStored(id: string): Promise<StoredRun | undefined> {
    const known = (await this.list()).some((run) => run.id === id);
    return known ? this.load(id) : undefined;
  }

  /** Whether another tab has trained a run further since this one opened or saved it. */
  async wasTrainedElsewhere(id: string): Promise<boolean> {
    return (await this.store?.hasNewer(id).catch(() => false)) ?? false;
  }

  async list(): Promise<readonly RunSummary[]> {
    return (await this.store?.list()) ?? [];
  }

  /** A stored run's record, curves included; throws where none is stored. */
  async record(id: string): Promise<RunRecord> {
    const record = await this.required.record(id);
    if (!record) throw new WorkbenchError('run.missing', { run: id });
    return record;
  }

  async evaluation(id: string): Promise<KeptEvaluation | undefined> {
    return this.store?.evaluation(id);
  }

  async touch(id: string): Promise<void> {
    await this.annotate(id, { openedAt: Date.now() });
  }

  /** Hides a run, and removes it when its deletion can be undone no more. */
  async hide(...ids: readonly string[]): Promise<void> {
    const deletedAt = Date.now();
    for (const id of ids) await this.required.annotate(id, (note) => ({ ...note, deletedAt }));
    setTimeout(() => this.cleanUp().catch(() => undefined), DELETION_UNDO_MS + 1000);
    await this.announce();
  }

  async restore(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.required.annotate(id, ({ deletedAt: _, ...note }) => note);
    await this.announce();
  }

  async annotate(
    id: string,
    change: Partial<
      Pick<RunNote, 'name' | 'testAccuracy' | 'evaluation' | 'drawnScore' | 'openedAt'>
    >,
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

  /** The personal test set; throws where nothing can be stored. */
  get drawings(): DrawingStore {
    return opened(this.drawingStore);
  }

  private get required(): RunStore {
    return opened(this.store);
  }

  /** Removes what is deleted or was left unfinished; where another tab writes, that one has done so. */
  private async cleanUp(): Promise<void> {
    const stopWriting = await this.write().catch(() => undefined);
    if (!stopWriting) return;
    try {
      await this.required.removeHidden(Date.now() - DELETION_UNDO_MS);
      await this.announce();
    } finally {
      stopWriting();
    }
  }

  /** Tells this page and the other tabs what is stored now. */
  private async announce(changed: Stored = 'runs'): Promise<void> {
    await this.show(changed);
    this.changes?.postMessage(changed);
  }

  private async announceAll(): Promise<void> {
    await this.announce('runs');
    await this.announce('datasets');
  }

  /** Does this in a moment, once for all who ask for it until then. */
  private soon(what: Stored | 'announce', task: () => Promise<void>): void {
    if (this.awaited.has(what)) return;
    this.awaited.add(what);
    setTimeout(() => {
      this.awaited.delete(what);
      task().catch(() => undefined);
    }, REREAD_MS);
  }

  private show(changed: Stored): Promise<void> {
    return changed === 'runs' ? this.showRuns() : this.showDatasets();
  }

  private async showDatasets(): Promise<void> {
    this.emit({ type: 'datasets', datasets: await this.datasets.list() });
    await this.showStorage();
  }

  private async showRuns(): Promise<void> {
    this.emit({ type: 'runs', runs: await this.list() });
    await this.showStorage();
  }

  private async showStorage(): Promise<void> {
    if (!navigator.storage) return;
    const { usage: usedBytes = 0, quota: allowedBytes = 0 } = await navigator.storage.estimate();
    const persistent = await navigator.storage.persisted();
    this.emit({ type: 'storage', report: { usedBytes, allowedBytes, persistent } });
  }

  private tell(error: unknown): void {
    this.emit(errorEvent(error));
  }

  private warn(error: WorkbenchError): void {
    this.emit({ ...errorEvent(error), kind: 'warning' });
  }

  /** A full disk is full at the next checkpoint too. */
  private tellOnce(runId: string, error: unknown): void {
    const { told } = this;
    if (told.runId !== runId) {
      told.runId = runId;
      told.codes.clear();
    }
    if (error instanceof WorkbenchError) {
      // Told when the connection was lost.
      if (error.code === 'storage.outdated' || error.code === 'storage.deleted') return;
      if (told.codes.has(error.code)) return;
      told.codes.add(error.code);
    }
    this.tell(error);
  }
}

function opened<Store>(store: Store | undefined): Store {
  if (!store) throw new WorkbenchError('storage.unavailable', { problem: 'not opened' });
  return store;
}

/** A failure as an event, for those that no call waits for. */
export function errorEvent(error: unknown): ErrorEvent {
  if (error instanceof WorkbenchError) {
    const { code, params, message } = error;
    return { type: 'error', code, params, message };
  }
  return { type: 'error', message: error instanceof Error ? error.message : String(error) };
}
