import { areSameFigures } from '../../domain/drawing/drawings.ts';
import type { TuningMemory } from '../../domain/machine/tuning.ts';
import type { KeptEvaluation } from '../../domain/metrics/keptEvaluation.ts';
import { DELETION_KEPT_MS } from '../../domain/runs/deletion.ts';
import type {
  NamedTensor,
  RunFacts,
  RunRecord,
  RunStatus,
  RunSummary,
} from '../../domain/runs/run.ts';
import { checkpointBytes } from '../../domain/runs/storageReport.ts';
import type { KeptKind } from '../../domain/runs/unreadable.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { Connection } from '../../storage/connection.ts';
import { DrawingStore } from '../../storage/drawingStore.ts';
import { type Listed, nothingListed } from '../../storage/listed.ts';
import type { HoldingKind } from '../../storage/locks.ts';
import { type RawRecord, rawRecords } from '../../storage/rawRecords.ts';
import { type NewestCheckpoint, RunStore, type StoredRun } from '../../storage/runStore.ts';
import type { RunNote } from '../../storage/schema.ts';
import { TuningStore } from '../../storage/tuningStore.ts';
import {
  type CheckpointVersion,
  isLater,
  isNewer,
  isSameCheckpoint,
  isSameVersion,
} from '../../storage/version.ts';
import { GENERATIONS_KEPT, trainedElsewhere } from '../../storage/writeCheckpoint.ts';
import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { oneAtATime } from '../../util/oneAtATime.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import { Failures } from '../calls/failures.ts';
import { DatasetKeeper } from '../data/datasetKeeper.ts';
import { opened } from '../runs/opened.ts';
import { UnreadableNews } from '../runs/unreadableNews.ts';
import { StoredNews } from './storedNews.ts';
import { WritingTurn } from './writingTurn.ts';

/** What a checkpoint is made of, and what it goes on from: the worker's `CurrentRun`. */
export interface Keepable {
  readonly record: RunRecord;
  /** As which it was opened, saved or amended last. */
  readonly version: CheckpointVersion;
  /** Set while what it holds is worth less than its last checkpoint. */
  readonly doubt?: unknown;
  exportFinite(): Promise<readonly NamedTensor[]>;
  noteSaved(version: CheckpointVersion): void;
}

/** A browser that is asked for its storage answers within moments, or, where that is damaged, never. */
const OPENING_MS = 15_000;

/** What can be cleared away another time does not keep a page from opening. */
const LITTLE_PATIENCE_MS = 400;

/** What is measured of a run at a step. */
type Figures = Partial<Pick<RunNote, 'test' | 'evaluation' | 'drawnScore'>>;

/**
 * Keeps runs for the session, and goes on without keeping where the browser refuses: a failure to
 * store is told, but never ends a training.
 */
export class Keeper {
  readonly datasets: DatasetKeeper;
  private store: RunStore | undefined;
  private drawingStore: DrawingStore | undefined;
  private measurements: TuningStore | undefined;
  private readonly turn: WritingTurn;
  /** Writes one thing after another: what is amended meanwhile would not be in a checkpoint under way. */
  private readonly inTurn = oneAtATime();
  private readonly failures: Failures;
  /** The runs of whose unreadable curves was told when their records were read. */
  private readonly toldOfCurves = new Set<string>();
  private readonly news: StoredNews;
  readonly unreadable: UnreadableNews;
  private connection: Connection | undefined;
  /** The runs as they were listed at the opening, until somebody asks for them. */
  private atOpening: readonly RunSummary[] | undefined;
  /** Called when another tab has changed something of the runs. */
  onRunsChanged: () => Promise<void> = async () => undefined;
  /** Called when all that was stored is gone. */
  onDeleted: () => Promise<void> = async () => undefined;

  constructor(
    private readonly emit: (event: WorkerEvent) => void,
    /** By what everything is named that this site keeps: see `siteName.ts`. */
    private readonly site = FIRST_SITE,
    private readonly openingMs = OPENING_MS,
  ) {
    this.failures = new Failures(emit);
    this.datasets = new DatasetKeeper(site);
    this.turn = new WritingTurn(site, async () => this.required.sweep());
    this.unreadable = new UnreadableNews(emit);
    const lists = {
      runs: () => this.listAll(),
      run: async (id: string) => this.store?.listOne(id),
      datasets: () => this.datasets.listAll(),
    };
    this.news = new StoredNews(emit, lists, this.unreadable, site, () => this.onRunsChanged());
  }

  /** Resolves when the store is open, or has been said not to be. */
  async open(): Promise<void> {
    const blocked = deferred<void>();
    const opening = Connection.open(this.site, {
      onBlocked: () => {
        this.failures.warn(new WorkbenchError('storage.blocked'));
        blocked.resolve();
      },
      onLost: (loss) => {
        this.failures.warn(loss);
        if (loss.code !== 'storage.deleted') return;
        for (const show of [() => this.news.announceAll(), this.onDeleted]) {
          show().catch(() => undefined);
        }
      },
    });
    const ready = opening
      .then((connection) => this.adopt(connection))
      .catch((error: unknown) => this.failures.tell(error));
    const slow = deferred<void>();
    const timer = setTimeout(() => {
      this.failures.warn(
        new WorkbenchError('storage.slow', { seconds: Math.ceil(this.openingMs / 1000) }),
      );
      slow.resolve();
    }, this.openingMs);
    await Promise.race([ready, blocked.promise, slow.promise]).finally(() => clearTimeout(timer));
  }

  private async adopt(connection: Connection): Promise<void> {
    this.connection = connection;
    this.measurements = new TuningStore(connection);
    this.store = new RunStore(connection);
    this.drawingStore = new DrawingStore(connection);
    this.news.open();
    this.datasets.adopt(connection, () => this.news.announce('datasets'));
    const { readable, unreadable } = await this.news.showRuns();
    this.atOpening = readable;
    // What its checkpoints alone still know of may be the run that is to be opened.
    const isLost = unreadable.some(({ problem }) => problem.code === 'record.noNote');
    if (isLost) {
      await this.tidy();
      this.atOpening = undefined;
    }
    await this.news.show('datasets');
  }

  close(): void {
    this.store?.close();
    this.turn.close();
    this.news.close();
  }

  /**
   * Makes this tab the one that writes runs, until the function that it gives is called. Refused
   * where another tab does so for long, as while it trains.
   */
  startWriting(kind: HoldingKind = 'brief'): Promise<() => void> {
    return this.turn.take(kind);
  }

  /**
   * Writes a checkpoint; resolves when it is on disk, or has been said not to be. Over a good checkpoint
   * nothing is written that is worth less: no weights that went off or are not finite, none of an engine
   * that failed, and none that another tab has trained further.
   */
  save(run: Keepable): Promise<void> {
    return this.inTurn(() => this.saveNow(run));
  }

  private async saveNow(run: Keepable): Promise<void> {
    if (!this.store || run.doubt) return;
    const { record } = run;
    const { id: runId, step } = record;
    let stopWriting: (() => void) | undefined;
    try {
      stopWriting = await this.turn.take();
      const state = await run.exportFinite();
      // The engine may have gone wrong while it was asked.
      if (run.doubt) return;
      const { bytes, version } = await this.store.save(record, state, run.version);
      run.noteSaved(version);
      this.emit({ type: 'checkpoint', runId, step, bytes, savedAt: Date.now() });
      // Small networks are kept several times a second; nobody reads a list as often.
      if (record.status === 'training') this.news.announceSoon({ run: runId });
      else await this.news.announce({ run: runId });
    } catch (error) {
      this.failures.tellOnce(runId, error);
    } finally {
      stopWriting?.();
    }
  }

  /**
   * Keeps what has changed of a run since its last checkpoint other than by steps; not over what another
   * tab has changed since.
   */
  async amend(run: Keepable): Promise<boolean> {
    return this.change(run, (stored, version) => {
      const { record } = run;
      return stored.step === record.step && isSameVersion(version, run.version)
        ? record
        : undefined;
    });
  }

  /** Notes the status of a run in its checkpoint, of whatever step that is; tells the step, if there is one. */
  async noteStatus(run: Keepable, status: RunStatus): Promise<number | undefined> {
    let step: number | undefined;
    const isNoted = await this.change(run, (stored, version) => {
      if (!isSameCheckpoint(version, run.version)) return undefined;
      step = stored.step;
      return { ...stored, status, updatedAt: Date.now() };
    });
    if (!isNoted) return undefined;
    await this.news.announce({ run: run.record.id });
    return step;
  }

  private change(
    run: Keepable,
    change: (stored: RunFacts, version: CheckpointVersion) => RunFacts | undefined,
  ): Promise<boolean> {
    return this.inTurn(() => this.changeNow(run, change));
  }

  private async changeNow(
    run: Keepable,
    change: (stored: RunFacts, version: CheckpointVersion) => RunFacts | undefined,
  ): Promise<boolean> {
    if (!this.store) return false;
    const { id } = run.record;
    let stopWriting: (() => void) | undefined;
    try {
      stopWriting = await this.turn.take();
      const version = await this.store.amend(id, change);
      // Whoever did not know the last change knows it no better now.
      const next = { ...run.version, revision: run.version.revision + 1 };
      if (version && isSameVersion(version, next)) run.noteSaved({ ...run.version, ...version });
      return version !== undefined;
    } catch (error) {
      this.failures.tellOnce(id, error);
      return false;
    } finally {
      stopWriting?.();
    }
  }

  /** Warns where the checkpoints of a run that is to train will find no room. */
  async warnOfLittleRoom({ id, architecture, recipe }: RunRecord): Promise<void> {
    if (!this.store || !navigator.storage) return;
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const listed = await this.store.listOne(id);
    const stored = listed && 'storedBytes' in listed ? listed.storedBytes : 0;
    // The oldest goes when the newest is complete: for a moment there is one more than are kept.
    const needed = checkpointBytes(architecture, recipe) * (GENERATIONS_KEPT + 1) - stored;
    const free = Math.max(0, quota - usage);
    if (needed <= free) return;
    const [neededMB, freeMB] = [Math.ceil(needed / 1e6), Math.floor(free / 1e6)];
    this.failures.warn(new WorkbenchError('storage.low', { neededMB, freeMB }));
  }

  /** The newest undamaged checkpoint; damaged ones that were passed over are told. */
  async load(id: string): Promise<StoredRun> {
    const stored = await this.required.load(id);
    for (const error of stored.damaged) this.failures.tell(error);
    return stored;
  }

  /** Like `load`; one that cannot be read is told, and nothing given. */
  async loadForExport(id: string): Promise<StoredRun | undefined> {
    try {
      return await this.load(id);
    } catch (error) {
      this.failures.tell(error);
      return undefined;
    }
  }

  /** The tensors of a run as it was opened; throws where another tab has trained it further since. */
  async tensorsOf(record: RunRecord, known: CheckpointVersion): Promise<readonly NamedTensor[]> {
    const stored = await this.load(record.id);
    if (isLater(stored.version, known)) throw trainedElsewhere(record);
    // Weights of an earlier step are not those of this one, if nothing else could be read.
    if (stored.record.step !== record.step) throw stored.damaged[0] ?? trainedElsewhere(record);
    return stored.tensors;
  }

  /** What another tab has made of a run since this one opened, saved or amended it. */
  async newsOf(run: Keepable): Promise<Pick<NewestCheckpoint, 'record' | 'version'> | undefined> {
    const newest = await this.store?.newest(run.record.id).catch(() => undefined);
    // A checkpoint of this tab may have been written meanwhile.
    return newest && isNewer(newest.version, run.version) ? newest : undefined;
  }

  /** What `list` gives, read at the opening and not again; once. */
  async firstList(): Promise<readonly RunSummary[]> {
    const { atOpening } = this;
    this.atOpening = undefined;
    return atOpening ?? this.list();
  }

  async list(): Promise<readonly RunSummary[]> {
    return (await this.listAll()).readable;
  }

  private async listAll(): Promise<Listed<RunSummary>> {
    return (await this.store?.listAll()) ?? nothingListed;
  }

  /** All that is stored of one thing, as it lies there. */
  raw(kind: KeptKind, id: string): AsyncGenerator<RawRecord> {
    return rawRecords(opened(this.connection), kind, id);
  }

  /**
   * A stored run's record, curves included; throws where none is stored. That some of them cannot be read
   * is told once: it is read at each look at the run beside others.
   */
  async record(id: string): Promise<RunRecord> {
    const stored = await this.required.record(id);
    if (!stored) throw new WorkbenchError('run.missing', { run: id });
    if (!this.toldOfCurves.has(id)) for (const error of stored.damaged) this.failures.tell(error);
    if (stored.damaged.length > 0) this.toldOfCurves.add(id);
    return stored.record;
  }

  /** The same without its curves; undefined where none is stored. */
  async recordIfAny(id: string): Promise<RunFacts | undefined> {
    return (await this.store?.newest(id))?.record;
  }

  /** Whether a run is stored whose deletion, if it was deleted, can still be undone. */
  async isThere(id: string): Promise<boolean> {
    const newest = await this.store?.newest(id);
    const { deletedAt = Number.POSITIVE_INFINITY } = newest ?? {};
    return newest !== undefined && Date.now() - deletedAt < DELETION_KEPT_MS;
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
    for (const id of ids) await this.setDeletedIfStored(id, deletedAt);
    setTimeout(() => this.tidy().catch(() => undefined), DELETION_KEPT_MS + 1000);
    await this.news.announce('runs');
  }

  /** Brings back those that are not removed yet; throws where none is left. */
  async restore(...ids: readonly string[]): Promise<void> {
    let restored = 0;
    for (const id of ids) {
      if (await this.setDeletedIfStored(id, undefined)) restored += 1;
    }
    await this.news.announce('runs');
    if (restored === 0) throw new WorkbenchError('deletion.final');
  }

  /**
   * A run that another tab has removed meanwhile keeps none of the others from their change; says whether
   * it was there.
   */
  private async setDeletedIfStored(id: string, deletedAt: number | undefined): Promise<boolean> {
    try {
      await this.required.setDeleted(id, deletedAt);
      return true;
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'run.missing') return false;
      throw error;
    }
  }

  async annotate(id: string, change: Partial<Pick<RunNote, 'name' | 'openedAt'>>): Promise<void> {
    await this.required.annotate(id, (note) => ({ ...note, ...change }));
    await this.news.announce({ run: id });
  }

  /**
   * Notes figures of a run that was opened or saved as this version; not over those of later steps,
   * where another tab has trained it further since. Where nothing is kept that has been said.
   */
  async noteFigures(id: string, known: CheckpointVersion, figures: Figures): Promise<void> {
    if (!this.store) return;
    let isNews = false;
    await this.store.annotate(id, (note, newest) => {
      const noted = isLater(newest, known) ? laterThan(note, figures) : figures;
      isNews = !areKnown(note, noted);
      return isNews ? { ...note, ...noted } : note;
    });
    if (isNews) await this.news.announce({ run: id });
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
  async tidy(): Promise<void> {
    const stopWriting = await this.turn.take('brief', LITTLE_PATIENCE_MS).catch(() => undefined);
    if (!stopWriting) return;
    try {
      const mended = await this.required.mendNotes();
      const removed = await this.required.removeHidden(Date.now() - DELETION_KEPT_MS);
      // Nobody lists a hidden run; whoever waits for the room that it took hears of it.
      if (mended + removed > 0) await this.news.announce('runs');
    } finally {
      stopWriting();
    }
  }
}

/** Those of the figures that are not of earlier steps than the noted ones. */
function laterThan(note: RunNote, { test, evaluation, drawnScore }: Figures): Figures {
  const isLate = (one: { readonly step: number } | undefined, noted: typeof one) =>
    one !== undefined && one.step >= (noted?.step ?? 0);
  return {
    ...(isLate(test, note.test) && { test, evaluation }),
    ...(isLate(drawnScore, note.drawnScore) && { drawnScore }),
  };
}

/** Drawings are scored after each one that is kept, mostly to no other end. */
function areKnown({ drawnScore }: RunNote, noted: Figures): boolean {
  return !noted.test && (!noted.drawnScore || areSameFigures(drawnScore, noted.drawnScore));
}
