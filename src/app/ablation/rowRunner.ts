import { requireTrainedOn } from '../../domain/ablation/ablationConditions.ts';
import {
  type AblationQueue,
  isTrained,
  measuredImages,
  recipeOfRow,
  resultIn,
  runOfRow,
} from '../../domain/ablation/ablationQueue.ts';
import {
  type AblationError,
  type AblationRow,
  resultOf,
} from '../../domain/ablation/ablationRow.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { WorkbenchState } from '../state.ts';
import type { WorkbenchStore } from '../store.ts';
import type { AblationCommands } from './ablationCommands.ts';
import { requireSameConditions } from './conditionsNow.ts';
import { whenAtRest } from './whenAtRest.ts';

/** What the next row would meet too: the queue waits. Anything else fails its row alone. */
const OBSTACLES = ['storage', 'session', 'dataset', 'worker', 'evaluation', 'ablation'];
/** How often a row is taken up again after the worker was restarted under it. */
const ATTEMPTS = 3;

/**
 * Trains one row of an ablation and measures it, on images of the training and of the validation split.
 * The test images are left alone: whoever chooses a recipe by them has no test any more.
 */
export class AblationRowRunner {
  constructor(
    private readonly store: WorkbenchStore,
    private readonly commands: AblationCommands,
  ) {}

  /** The row as it came out; undefined where it was interrupted and is to be taken up again. */
  async run(queue: AblationQueue, row: AblationRow): Promise<AblationRow | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(queue, row);
      } catch (error) {
        const code = error instanceof WorkbenchError ? error.code : undefined;
        if (code === 'worker.restarted' && attempt < ATTEMPTS) continue;
        if (!code || !OBSTACLES.includes(code.split('.')[0] ?? '')) {
          const { variant, seed } = row;
          return { variant, seed, status: 'failed', error: describe(error) };
        }
        this.commands.tell(error);
        return undefined;
      }
    }
  }

  private async attempt(queue: AblationQueue, row: AblationRow): Promise<AblationRow | undefined> {
    const { variant, seed } = row;
    const { store, commands } = this;
    await this.rest();
    const watch = new SpikeWatch(store, () => commands.stop());
    try {
      const run = await this.train(queue, row);
      const { spike } = watch;
      if (spike) return { variant, seed, status: 'failed', error: spike };
      // Somebody paused it and opened another run, or stopped it.
      if (!isTrained(run)) return undefined;
      const record = await commands.runRecord(run.id);
      requireTrainedOn(queue.conditions, record);
      const images = measuredImages(queue);
      await this.rest();
      const training = await commands.evaluate({ split: 'training', images });
      await this.rest();
      const validation = await commands.evaluate({ split: 'validation', images });
      const baseline = resultIn(queue, { variant: 'seed', seed });
      const result = resultOf(row, record, training, validation, baseline);
      return { variant, seed, status: 'done', result };
    } finally {
      watch.end();
    }
  }

  /** Takes up the run of this row where one is kept. */
  private async train(queue: AblationQueue, row: AblationRow): Promise<RunSummary> {
    const { store, commands } = this;
    const { runs, run } = store.getState();
    const known = runOfRow(runs, queue, row);
    if (known && isTrained(known)) {
      if (run?.record.id !== known.id) await commands.openRun(known.id);
      return known;
    }
    await requireSameConditions(store, commands, queue);
    if (!known) {
      const { trainingImages } = queue.conditions;
      const mark = { id: queue.id, variant: row.variant, trainingImages };
      return commands.train(recipeOfRow(queue, row), mark);
    }
    // As it was kept last, though it may be open: what is in memory may have gone off since.
    await commands.openRun(known.id);
    return commands.resume();
  }

  private async rest(): Promise<void> {
    const phase = await whenAtRest(this.store, ['idle', 'paused', 'failed']);
    if (phase === 'failed') {
      throw new WorkbenchError('session.busy', { command: 'train', phase });
    }
  }
}

/** A loss that goes off pauses its run. With nobody there to decide, it is stopped. */
class SpikeWatch {
  spike: AblationError | undefined;
  readonly end: () => void;
  private readonly lastSeen: number;

  constructor(store: WorkbenchStore, stop: () => Promise<void>) {
    this.lastSeen = store.getState().notices.at(-1)?.id ?? 0;
    this.end = store.subscribe((state) => {
      if (this.spike || state.phase !== 'paused') return;
      this.spike = this.spikeIn(state);
      if (this.spike) stop().catch(() => undefined);
    });
  }

  private spikeIn({ notices }: WorkbenchState): AblationError | undefined {
    const notice = notices.find(
      ({ id, code }) => id > this.lastSeen && code === 'training.lossSpike',
    );
    if (!notice) return undefined;
    const { code, params, message } = notice;
    return { ...(code && { code }), ...(params && { params: { ...params } }), message };
  }
}

function describe(error: unknown): AblationError {
  if (error instanceof WorkbenchError) {
    const { code, params, message } = error;
    return { code, params: { ...params }, message };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}
