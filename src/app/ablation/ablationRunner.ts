import {
  type AblationFrame,
  ablationVariants,
  type Ingredient,
  seedsFrom,
} from '../../domain/ablation/ablation.ts';
import {
  type AblationOptions,
  type AblationQueue,
  atRest,
  continued,
  newAblation,
  nextRow,
  retried,
  withRow,
} from '../../domain/ablation/ablationQueue.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { newId } from '../../util/newId.ts';
import type { WorkbenchStore } from '../store.ts';
import type { AblationCommands } from './ablationCommands.ts';
import type { AblationMemory } from './ablationMemory.ts';
import { conditionsNow, requireSameConditions } from './conditionsNow.ts';
import { AblationRowRunner } from './rowRunner.ts';
import { whenAtRest } from './whenAtRest.ts';

/** What is asked for of a new ablation. */
export interface AblationOrder extends AblationOptions {
  readonly frame: AblationFrame;
  readonly chosen: readonly Ingredient[];
}

/**
 * Works through the queue of an ablation, one run after another, with nobody at the page: what keeps
 * one run from its end stands in its row, and the next one begins. The queue is kept at each change,
 * so that it can be continued after the page was closed.
 */
export class AblationRunner {
  /** Settles when the queue rests: when it has ended, or waits to be continued. */
  private working: Promise<AblationQueue> | undefined;

  constructor(
    private readonly store: WorkbenchStore,
    private readonly commands: AblationCommands,
    private readonly memory: AblationMemory,
  ) {
    this.adopt();
    memory.onWrittenElsewhere(() => {
      if (!this.working) this.adopt();
    });
  }

  /** Begins another ablation, and forgets the rows of the one before; its runs stay. */
  start({ frame, chosen, seeds, trainingImages }: AblationOrder): Promise<AblationQueue> {
    assert(!this.working, 'one ablation at a time');
    return this.work(async () => {
      const conditions = await conditionsNow(this.store, this.commands, trainingImages);
      const variants = ablationVariants(frame, chosen);
      const plan = { frame, conditions, variants, seeds: seedsFrom(frame.seed, seeds) };
      this.show(newAblation(newId(), plan));
    });
  }

  /**
   * Goes on where it was paused, stopped or left, with the rows that are not through. Refused on other
   * images, and on another engine, than it was begun on.
   */
  async continue(): Promise<AblationQueue> {
    const { working } = this;
    if (!working) return this.goOn(continued);
    await requireSameConditions(this.store, this.commands, this.queue);
    this.show(continued(this.queue));
    // The run waits in its pause.
    if (this.store.getState().phase === 'paused') {
      this.commands.resume().catch((error: unknown) => {
        this.commands.tell(error);
        this.show({ ...this.queue, status: 'paused' });
      });
    }
    return working;
  }

  /** The same, and tries the rows that failed once more. */
  retry(): Promise<AblationQueue> {
    assert(!this.working, 'what failed is tried again when the others are through');
    return this.goOn(retried);
  }

  private goOn(change: (queue: AblationQueue) => AblationQueue): Promise<AblationQueue> {
    return this.work(async () => {
      await requireSameConditions(this.store, this.commands, this.queue);
      this.show(change(this.queue));
    });
  }

  /** Pauses after the step in progress. An evaluation in progress is finished first. */
  async pause(): Promise<void> {
    this.show({ ...this.queue, status: 'paused' });
    await this.interrupt(() => this.commands.pause());
  }

  /** Stops the run in progress, which is kept, and trains no further row. */
  async cancel(): Promise<void> {
    const { working } = this;
    this.show({ ...this.queue, status: 'ended' });
    await this.interrupt(() => this.commands.stop());
    await working;
    this.show(atRest(this.queue, 'ended'));
  }

  /** Takes the rows away. */
  clear(): void {
    assert(!this.working, 'an ablation in progress is cancelled first');
    this.show(undefined);
  }

  /** Brings rows back that were taken away, unless there are others by now. */
  restore(queue: AblationQueue): void {
    if (this.working || this.store.getState().ablation) {
      throw new WorkbenchError('ablation.replaced');
    }
    this.show(queue);
  }

  private get queue(): AblationQueue {
    const { ablation } = this.store.getState();
    assert(ablation, 'there is an ablation');
    return ablation;
  }

  /** Shows what is kept. Whatever it says, nothing runs in this page yet. */
  private adopt(): void {
    const kept = this.memory.read();
    if (kept === 'unreadable') {
      // Said once: nothing can be done with it.
      this.show(undefined);
      this.commands.tell(new WorkbenchError('ablation.unreadable'));
    } else if (kept === 'none') this.store.setState({ ablation: undefined });
    else {
      const ablation = kept.status === 'ended' ? kept : atRest(kept, 'paused');
      this.store.setState({ ablation });
    }
  }

  private show(ablation: AblationQueue | undefined): void {
    this.store.setState({ ablation });
    this.memory.write(ablation);
  }

  private async interrupt(ask: () => Promise<void>): Promise<void> {
    if (!this.working) return;
    // Between two commands the session is idle for a moment; then the run is on its way.
    const busy = whenAtRest(this.store, ['training', 'paused', 'evaluating', 'failed']);
    await Promise.race([this.working, busy]);
    const { phase } = this.store.getState();
    if (phase === 'training' || phase === 'paused') await ask();
  }

  private work(prepare: () => Promise<void>): Promise<AblationQueue> {
    this.working = prepare()
      .then(() => this.workThrough())
      .finally(() => {
        this.working = undefined;
      });
    return this.working;
  }

  private async workThrough(): Promise<AblationQueue> {
    const rows = new AblationRowRunner(this.store, this.commands);
    for (;;) {
      const row = this.queue.status === 'running' ? nextRow(this.queue) : undefined;
      if (!row) break;
      const { variant, seed } = row;
      this.show(withRow(this.queue, { variant, seed, status: 'running' }));
      const outcome = await rows.run(this.queue, row);
      if (outcome) this.show(withRow(this.queue, outcome));
      else if (this.queue.status === 'running') this.show({ ...this.queue, status: 'paused' });
    }
    const { status } = this.queue;
    this.show(atRest(this.queue, status === 'paused' ? 'paused' : 'ended'));
    return this.queue;
  }
}
