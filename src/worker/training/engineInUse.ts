import type { EngineChoice, EngineName, EngineReport } from '../../domain/machine/engineReport.ts';
import { shouldMeasure, type TuningChoice } from '../../domain/machine/tuning.ts';
import { engineMeant, engineUnavailable, startEngine } from '../../engine/engines.ts';
import { setThreads } from '../../engine/wasm/threads/threadTeam.ts';
import type { StartOptions } from '../../protocol/protocol.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { backendOf } from '../../training/backendInUse.ts';
import type { TrainerOptions } from '../../training/trainer.ts';
import { assert } from '../../util/assert.ts';
import type { WorkbenchError } from '../../util/errors.ts';

/** The engine that runs, as the user chose it and as the page is told of it. */
export class EngineInUse {
  private running: EngineReport | undefined;
  private tuning: TuningChoice = 'auto';
  private threads: number | undefined;

  constructor(
    private readonly emit: (event: WorkerEvent) => void,
    private readonly onFault: (problem: WorkbenchError) => void,
    private readonly codeOf: (engine: EngineName) => Promise<unknown> = backendOf,
  ) {}

  choose({ tuning, threads }: Pick<StartOptions, 'tuning' | 'threads'>): void {
    this.tuning = tuning;
    this.threads = threads;
  }

  get report(): EngineReport {
    assert(this.running, 'the engine has started');
    return this.running;
  }

  /** How this machine trains: the user's choices, and what it has. */
  get trainerChoices(): Pick<TrainerOptions, 'tune' | 'threads'> {
    const { adapter, threads } = this.report;
    return {
      tune: shouldMeasure(this.tuning, adapter?.software ?? true),
      threads: threads?.used,
    };
  }

  /**
   * Gives what a choice means here, to be started. An engine without its code runs, and can do nothing:
   * where that does not arrive it is not there.
   */
  async arrival(choice: EngineChoice): Promise<EngineReport> {
    const meant = await engineMeant(choice);
    await this.codeOf(meant.name).catch((error: unknown) => {
      throw engineUnavailable(meant.name, error);
    });
    return meant;
  }

  async start(meant: EngineReport): Promise<EngineReport> {
    return this.show(await startEngine(meant, this.onFault));
  }

  trainOn(threads: number): EngineReport {
    this.threads = threads;
    return this.show(this.report);
  }

  private show(started: EngineReport): EngineReport {
    const threads = setThreads(this.threads);
    const report = started.name === 'wasm' ? { ...started, threads } : started;
    this.running = report;
    this.emit({ type: 'engine', report });
    return report;
  }
}
