import type { Dataset, DatasetSummary } from '../domain/data/dataset.ts';
import { type DatasetIdentity, isSetOf, MNIST_ID } from '../domain/data/datasetIdentity.ts';
import type { TrainingSet } from '../domain/data/trainingSet.ts';
import { deviceMemoryGiB, mostSetBytes } from '../domain/machine/deviceRoom.ts';
import type { EngineChoice, EngineName, EngineReport } from '../domain/machine/engineReport.ts';
import type { RunRecord } from '../domain/runs/run.ts';
import type { Phase, StartOptions } from '../protocol/protocol.ts';
import type { Opening, WorkerEvent } from '../protocol/workerEvents.ts';
import type { TrainerOptions } from '../training/trainer.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { FIRST_SITE } from '../util/siteName.ts';
import { errorEvent } from './calls/failures.ts';
import { DatasetShelf, type LoadedDataset } from './data/datasetShelf.ts';
import { fittingDataset, type Use } from './data/fittingDataset.ts';
import { trainingSetOf } from './data/trainingSet.ts';
import { Keeper } from './keeping/keeper.ts';
import type { CurrentRun } from './runs/currentRun.ts';
import { storedRun } from './runs/storedRun.ts';
import { type SessionAction, type SessionState, transition } from './sessionState.ts';
import { EngineInUse } from './training/engineInUse.ts';

/** Phases that are left again for the one before, with what enters and leaves them. */
const excursions = {
  loading: { leave: 'load', comeBack: 'loaded' },
  evaluating: { leave: 'evaluate', comeBack: 'evaluated' },
} as const satisfies Partial<Record<Phase, Record<'leave' | 'comeBack', SessionAction>>>;
type Excursion = keyof typeof excursions;

/**
 * What all commands of a session work on: its phase, engine, data set, store, and the one run whose
 * model is in memory. Every change that the page must know of is told here.
 */
export class Workspace {
  readonly shelf = new DatasetShelf();
  readonly keeper: Keeper;
  private state: SessionState = { phase: 'starting' };
  /** What the engine failed of, if it did. */
  private fault: WorkbenchError | undefined;
  private readonly engineInUse: EngineInUse;
  private currentRun: CurrentRun | undefined;
  /** Of the page. */
  siteUrl = '';
  /** While a data set is on its way. */
  private bringing: AbortController | undefined;
  /** Called before the current run leaves, so that nobody waits for its end any more. */
  onRunLeaves: () => void = () => undefined;
  /** Called when the engine went wrong: what it holds is worth nothing any more. */
  onEngineFault: (fault: WorkbenchError) => void = () => undefined;

  constructor(
    readonly emit: (event: WorkerEvent) => void,
    /** By what everything is named that this site keeps. */
    readonly site = FIRST_SITE,
    /** Has what networks need of an engine arrive. */
    codeOf?: (engine: EngineName) => Promise<unknown>,
  ) {
    this.keeper = new Keeper(emit, site);
    this.engineInUse = new EngineInUse(emit, (problem) => this.fail(problem), codeOf);
  }

  private fail(problem: WorkbenchError): void {
    this.fault ??= problem;
    this.act('fail');
    this.onEngineFault(problem);
    this.emit(errorEvent(problem));
  }

  get phase(): Phase {
    return this.state.phase;
  }

  act(action: SessionAction): void {
    this.state = transition(this.state, action);
    this.emit({ type: 'phase', phase: this.state.phase });
  }

  /** Runs a task in the loading phase; whatever it comes to, the phase is left again. */
  loading<T>(task: () => Promise<T>): Promise<T> {
    return this.excursion('loading', task);
  }

  /** The same in the evaluating phase. */
  evaluating<T>(task: () => Promise<T>): Promise<T> {
    return this.excursion('evaluating', task);
  }

  /**
   * Has the engine do something, in whatever phase. If it fails meanwhile, that is why the task failed,
   * or what the task gives is worth nothing.
   */
  async asking<T>(task: () => Promise<T>): Promise<T> {
    try {
      const result = await task();
      if (this.fault) throw this.fault;
      return result;
    } catch (error) {
      throw this.fault ?? error;
    }
  }

  private async excursion<T>(phase: Excursion, task: () => Promise<T>): Promise<T> {
    const { leave, comeBack } = excursions[phase];
    // A command may have begun before the engine failed, and come this far only now.
    if (this.fault) throw this.fault;
    this.act(leave);
    try {
      return await this.asking(task);
    } finally {
      if (this.phase === phase) this.act(comeBack);
    }
  }

  /** Starts the engine and opens the store; the session is still starting then. */
  async begin(options: StartOptions): Promise<EngineReport> {
    assert(this.phase === 'starting', 'a session starts once');
    const { engineInUse, keeper } = this;
    const { engine, siteUrl } = options;
    this.siteUrl = siteUrl;
    engineInUse.choose(options);
    return this.asking(async () => {
      const starting = engineInUse.arrival(engine).then((meant) => engineInUse.start(meant));
      const [report] = await Promise.all([starting, keeper.open()]);
      return report;
    });
  }

  get engine(): EngineReport {
    return this.engineInUse.report;
  }

  get trainerChoices(): Pick<TrainerOptions, 'tune' | 'threads'> {
    return this.engineInUse.trainerChoices;
  }

  /** Changes the engine; the model moves along. A refused engine leaves the one before running. */
  async changeEngine(choice: EngineChoice): Promise<EngineReport> {
    const { engineInUse } = this;
    const meant = await engineInUse.arrival(choice);
    const reopen = await this.currentRun?.lift();
    this.dropRun();
    try {
      return await engineInUse.start(meant);
    } catch (error) {
      await engineInUse.start(this.engine);
      throw error;
    } finally {
      if (reopen) this.currentRun = reopen();
    }
  }

  /** Trains on so many threads from now on; a run that waits in a pause goes on with them. */
  async changeThreads(threads: number): Promise<EngineReport> {
    const reopen = await this.currentRun?.lift();
    this.dropRun();
    if (reopen) this.currentRun = reopen();
    return this.engineInUse.trainOn(threads);
  }

  get run(): CurrentRun {
    if (!this.currentRun) throw new WorkbenchError('model.missing');
    return this.currentRun;
  }

  get runIfAny(): CurrentRun | undefined {
    return this.currentRun;
  }

  /** Makes this the current run; the one before is freed. */
  replaceRun(run: CurrentRun): void {
    this.dropRun();
    this.currentRun = run;
    if (this.phase === 'loading') this.act('opened');
    this.emit(run.news());
  }

  /** Makes a stored run the current one, as it was saved last. */
  async openStored(id: string): Promise<void> {
    await this.loading(() => this.takeStored(id));
  }

  /** The same for who is loading already. */
  async takeStored(id: string): Promise<void> {
    const { keeper } = this;
    await this.opening({ kind: 'run', id }, async () =>
      this.replaceRun(storedRun(keeper, await keeper.load(id))),
    );
  }

  /** Told before and after: what a page dies of is not opened by itself again. */
  private async opening<T>(opening: Opening, open: () => Promise<T>): Promise<T> {
    this.emit({ type: 'opening', opening });
    try {
      return await open();
    } finally {
      this.emit({ type: 'opening' });
    }
  }

  private dropRun(): void {
    this.onRunLeaves();
    this.currentRun?.dispose();
    this.currentRun = undefined;
  }

  /** Brings a data set from somewhere; after a refusal the page hears that the one before is there. */
  async bringingDataset<T>(bring: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.bringing = new AbortController();
    const { signal } = this.bringing;
    try {
      return await bring(signal);
    } catch (error) {
      if (this.shelf.current) this.showDataset();
      throw signal.aborted ? new WorkbenchError('dataset.cancelled') : error;
    } finally {
      this.bringing = undefined;
    }
  }

  cancelDataset(): void {
    this.bringing?.abort();
  }

  showDataset(): DatasetSummary {
    const { summary } = this.shelf.required;
    this.emit({ type: 'dataset', summary });
    return summary;
  }

  async loadMnist(): Promise<LoadedDataset> {
    const loaded = await this.bringingDataset((signal) =>
      this.shelf.loadMnist(
        this.siteUrl,
        (loadedBytes, totalBytes) => {
          // When one file is refused the others may still be on their way.
          if (this.phase !== 'loading' || signal.aborted) return;
          this.emit({ type: 'datasetProgress', loadedBytes, totalBytes });
        },
        signal,
      ),
    );
    this.showDataset();
    await this.noteDatasetUse(undefined);
    return loaded;
  }

  /** Keeps the data set in memory. Where that fails it is told, and the set is used all the same. */
  async keepDataset(
    dataset: Dataset,
    identity: DatasetIdentity,
    source: string,
  ): Promise<DatasetSummary> {
    const { datasets } = this.keeper;
    const memory = deviceMemoryGiB();
    if (identity.bytes > mostSetBytes(memory)) {
      const megabytes = Math.ceil(identity.bytes / 1e6);
      const params = { dataset: dataset.name, megabytes, memory: memory ?? 0 };
      const warning = errorEvent(new WorkbenchError('dataset.notKept', params));
      this.emit({ ...warning, kind: 'warning' });
      await this.noteDatasetUse(undefined);
      return this.showDataset();
    }
    const kept = await datasets.save(dataset, identity, source).catch((error: unknown) => {
      this.emit(errorEvent(error));
      return undefined;
    });
    if (kept) this.shelf.noteKept(kept);
    await this.noteDatasetUse(kept?.id);
    return this.showDataset();
  }

  async openKeptDataset(id: string): Promise<DatasetSummary> {
    const { datasets } = this.keeper;
    const kept = await datasets.find(id);
    await this.opening({ kind: 'dataset', id }, async () =>
      this.shelf.put(await datasets.load(id), id, kept?.validationCount),
    );
    await this.noteDatasetUse(id);
    return this.showDataset();
  }

  /** It is what a reload begins with, and nothing that a command should fail of. */
  private async noteDatasetUse(id: string | undefined): Promise<void> {
    await this.keeper.datasets.noteUse(id).catch(() => undefined);
  }

  /** The data set in memory, or MNIST. */
  async dataset(): Promise<LoadedDataset> {
    return this.shelf.current ?? this.loadMnist();
  }

  /**
   * The set that the current run was trained on, brought into use if another one is; of an imported
   * model, of which nobody knows it, the one in use. Throws `dataset.notOfRun` where it is not to be had.
   */
  async datasetOfRun(use: Use = 'train'): Promise<LoadedDataset> {
    const { record } = this.run;
    const { datasetId } = record;
    const { current } = this.shelf;
    if (datasetId !== undefined && !(current && isSetOf(record, current.summary))) {
      await this.bringDatasetOf(record);
    }
    return this.datasetInUse(use);
  }

  private async bringDatasetOf({ name, datasetName, datasetId }: RunRecord): Promise<void> {
    if (await this.keeper.datasets.find(datasetId)) await this.openKeptDataset(String(datasetId));
    else if (datasetId === MNIST_ID) await this.loadMnist();
    else throw new WorkbenchError('dataset.notOfRun', { run: name, dataset: datasetName });
  }

  /** The set in memory, or MNIST, once it is seen to fit the current run's model. */
  async datasetInUse(use: Use = 'train'): Promise<LoadedDataset> {
    const { run } = this;
    return fittingDataset(await this.dataset(), run, use);
  }

  /** What the current run is trained on. */
  async trainingSetOfRun(): Promise<TrainingSet> {
    const { run, keeper } = this;
    const loaded = await this.datasetOfRun();
    run.adopt(loaded.summary);
    const drawings = run.record.mixedWith ? await keeper.drawings.list() : [];
    return trainingSetOf(run.record, loaded, drawings);
  }
}
