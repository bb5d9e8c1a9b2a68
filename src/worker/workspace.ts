import { type EngineChoice, type EngineReport, threadsFor } from '../domain/engineReport.ts';
import { shouldMeasure, type TuningChoice } from '../domain/tuning.ts';
import { startEngine } from '../engine/engines.ts';
import { availableThreads } from '../engine/wasm/threads/threadTeam.ts';
import type { Phase, StartOptions, WorkerEvent } from '../protocol/protocol.ts';
import type { TrainerOptions } from '../training/makeTrainer.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { CurrentRun } from './currentRun.ts';
import { DatasetShelf, type LoadedDataset } from './datasetShelf.ts';
import { errorEvent, Keeper } from './keeper.ts';
import { type SessionAction, type SessionState, transition } from './sessionState.ts';

/**
 * What all commands of a session work on: its phase, engine, data set, store, and the one run whose
 * model is in memory. Every change that the page must know of is told here.
 */
export class Workspace {
  readonly shelf = new DatasetShelf();
  readonly keeper = new Keeper((event) => this.emit(event));
  private state: SessionState = { phase: 'starting' };
  private runningEngine: EngineReport | undefined;
  private currentRun: CurrentRun | undefined;
  private siteUrl = '';
  private tuningChoice: TuningChoice = 'auto';
  private wantedThreads: number | undefined;
  /** Called before the current run leaves, so that nobody waits for its end any more. */
  onRunLeaves: () => void = () => undefined;

  constructor(readonly emit: (event: WorkerEvent) => void) {}

  get phase(): Phase {
    return this.state.phase;
  }

  act(action: SessionAction): void {
    this.state = transition(this.state, action);
    this.emit({ type: 'phase', phase: this.state.phase });
  }

  /** Runs a task in the loading phase; whatever it comes to, the phase is left again. */
  async loading<T>(task: () => Promise<T>): Promise<T> {
    this.act('load');
    try {
      return await task();
    } finally {
      if (this.phase === 'loading') this.act('loaded');
    }
  }

  async begin(options: StartOptions): Promise<EngineReport> {
    assert(this.phase === 'starting', 'a session starts once');
    const { engine, siteUrl, tuning, threads, isSuccessor } = options;
    this.siteUrl = siteUrl;
    this.tuningChoice = tuning;
    this.wantedThreads = threads;
    const [report] = await Promise.all([this.startEngine(engine), this.keeper.open(isSuccessor)]);
    this.act('started');
    return report;
  }

  get engine(): EngineReport {
    assert(this.runningEngine, 'the engine has started');
    return this.runningEngine;
  }

  /** How this machine trains: the user's choices, and what it has. */
  get trainerChoices(): Pick<TrainerOptions, 'tune' | 'threads'> {
    const { adapter, threads } = this.engine;
    return {
      tune: shouldMeasure(this.tuningChoice, adapter?.software ?? true),
      threads: threads?.used,
    };
  }

  /** Changes the engine; the model moves along. A refused engine leaves the one before running. */
  async changeEngine(choice: EngineChoice): Promise<EngineReport> {
    const reopen = await this.currentRun?.lift();
    this.dropRun();
    try {
      return await this.startEngine(choice);
    } catch (error) {
      await this.startEngine(this.engine.name);
      throw error;
    } finally {
      if (reopen) this.currentRun = reopen();
    }
  }

  /** Trains on so many threads from now on; a run that waits in a pause goes on with them. */
  async changeThreads(threads: number): Promise<EngineReport> {
    const reopen = await this.currentRun?.lift();
    this.dropRun();
    this.wantedThreads = threads;
    if (reopen) this.currentRun = reopen();
    return this.showEngine(this.engine);
  }

  private async startEngine(choice: EngineChoice): Promise<EngineReport> {
    return this.showEngine(
      await startEngine(choice, (problem) => {
        this.act('fail');
        this.emit(errorEvent(problem));
      }),
    );
  }

  private showEngine(started: EngineReport): EngineReport {
    const { name } = started;
    const report =
      name === 'wasm'
        ? { ...started, threads: threadsFor(availableThreads(), this.wantedThreads) }
        : started;
    this.runningEngine = report;
    this.emit({ type: 'engine', report });
    return report;
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
    this.emit({ type: 'run', record: run.record });
  }

  /** Makes a stored run the current one, as it was saved last. */
  async openStored(id: string): Promise<void> {
    const { keeper } = this;
    await this.loading(async () => {
      const { record, tensors } = await keeper.load(id);
      const resumeState = async () => (await keeper.load(id)).tensors;
      this.replaceRun(CurrentRun.open(record, tensors, resumeState));
    });
  }

  private dropRun(): void {
    this.onRunLeaves();
    this.currentRun?.dispose();
    this.currentRun = undefined;
  }

  async loadMnist(): Promise<LoadedDataset> {
    try {
      return await this.shelf.loadMnist(this.siteUrl, (loadedBytes, totalBytes) => {
        // When one file is refused the others may still be on their way.
        if (this.phase !== 'loading') return;
        this.emit({ type: 'datasetProgress', loadedBytes, totalBytes });
      });
    } finally {
      // After a refusal this says that the set before is still there.
      const { current } = this.shelf;
      if (current) this.emit({ type: 'dataset', summary: current.summary });
    }
  }

  /** The data set in memory, or MNIST. */
  async dataset(): Promise<LoadedDataset> {
    return this.shelf.current ?? this.loadMnist();
  }

  /** The same, once it is seen to fit the current run's model. */
  async datasetOfRun(): Promise<LoadedDataset> {
    const { architecture } = this.run.record;
    const loaded = await this.dataset();
    const { shape, classNames } = loaded.summary;
    const sides = ({ height, width, channels }: typeof shape) => `${height}x${width}x${channels}`;
    const fits =
      sides(shape) === sides(architecture.input) && classNames.length === architecture.classes;
    if (fits) return loaded;
    throw new WorkbenchError('dataset.mismatch', {
      modelInput: sides(architecture.input),
      modelClasses: architecture.classes,
      dataInput: sides(shape),
      dataClasses: classNames.length,
    });
  }
}
