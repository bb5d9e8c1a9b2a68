import type { TrainingPoint } from '../domain/metrics/metrics.ts';
import type { BatchOrder } from '../domain/recipe/batches.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { Trainer } from './trainer.ts';
import { yieldToMessages } from './yieldToMessages.ts';

const requests = ['run', 'pause', 'stop'] as const;
export type LoopRequest = (typeof requests)[number];

/** What the loop is asked to do; at any time, obeyed after the step in progress. */
export class LoopControl {
  private strongest: LoopRequest = 'run';

  get request(): LoopRequest {
    return this.strongest;
  }

  /** Whoever asks for less than was asked for already changes nothing: a stop stays a stop. */
  ask(request: LoopRequest): void {
    if (requests.indexOf(request) > requests.indexOf(this.strongest)) this.strongest = request;
  }
}

export type LoopOutcome = 'finished' | 'paused' | 'stopped';

/** What the loop tells of itself. It waits for the promises. */
export interface LoopListener {
  onSteps(points: readonly TrainingPoint[], pace: Pace): void;
  validate(step: number): Promise<void>;
  checkpoint(step: number): Promise<void>;
  /** The learning rate of the step that follows so many others. */
  learningRate(stepsDone: number): number;
  /** Whether, after a validation, more of them promise nothing. */
  shouldEnd(): boolean;
}

export interface Pace {
  readonly stepMs: number;
  readonly imagesPerSecond: number;
}

/** What of a recipe the loop goes by; `steps` in all. */
export type LoopPlan = Pick<
  Recipe,
  'batchSize' | 'steps' | 'validationInterval' | 'checkpointInterval'
>;

/** What of a trainer it drives. */
export type Steps = Pick<Trainer, 'step' | 'mostUnread' | 'trainStep' | 'readMetrics'>;

/** Metrics are read about this often: each reading makes the processor wait for the GPU. */
const READ_INTERVAL_MS = 100;
/** Less than this no clock measures well; some browsers' clocks advance by 100 ms at a time. */
const SHORTEST_LAP_MS = 5;

/**
 * Trains until the recipe's last step, or until asked to pause or stop.
 *
 * Metrics are read an interval late: the next steps are on their way to the GPU while the figures
 * of the ones before come back, so that it never waits for us. Throws `training.notFinite` when a
 * loss is no number.
 */
export async function runTrainingLoop(
  trainer: Steps,
  order: BatchOrder,
  recipe: LoopPlan,
  control: LoopControl,
  listener: LoopListener,
): Promise<LoopOutcome> {
  const clock = new StepClock(recipe.batchSize);
  let stepsPerRead = 1;
  let stepsSinceRead = 0;
  let reading: Promise<TrainingPoint[]> = Promise.resolve([]);

  const report = (points: readonly TrainingPoint[]) => {
    const pace = clock.lap(points.length);
    if (points.length === 0) return;
    refuseNonFinite(points);
    stepsPerRead = Math.max(
      1,
      Math.min(trainer.mostUnread, Math.floor(READ_INTERVAL_MS / pace.stepMs)),
    );
    listener.onSteps(points, pace);
  };
  const catchUp = async () => {
    const late = await reading;
    reading = Promise.resolve([]);
    report([...late, ...(await trainer.readMetrics())]);
    stepsSinceRead = 0;
  };

  clock.start();
  while (trainer.step < recipe.steps && control.request === 'run') {
    trainer.trainStep(order.batch(trainer.step), listener.learningRate(trainer.step));
    stepsSinceRead++;
    if (stepsSinceRead >= stepsPerRead) {
      report(await reading);
      reading = trainer.readMetrics();
      stepsSinceRead = 0;
    }
    await yieldToMessages();

    const { step } = trainer;
    const last = step === recipe.steps;
    const validates = last || step % recipe.validationInterval === 0;
    const keeps = !last && step % recipe.checkpointInterval === 0;
    if (!validates && !keeps) continue;
    await catchUp();
    if (validates) await listener.validate(step);
    if (validates && listener.shouldEnd()) return 'finished';
    if (keeps) await listener.checkpoint(step);
    clock.start();
  }
  await catchUp();
  if (trainer.step >= recipe.steps) return 'finished';
  return control.request === 'stop' ? 'stopped' : 'paused';
}

/** Measures the pace of training alone: validation and checkpoints are not counted. */
class StepClock {
  private startedAt = 0;
  private steps = 0;
  private stepMs: number | undefined;

  constructor(private readonly batchSize: number) {}

  start(): void {
    this.startedAt = performance.now();
    this.steps = 0;
  }

  /**
   * Counts these steps too. The pace is a moving average over a few laps; one that the clock cannot
   * measure yet goes on.
   */
  lap(steps: number): Pace {
    const now = performance.now();
    this.steps += steps;
    const elapsedMs = now - this.startedAt;
    if (this.steps > 0 && elapsedMs >= SHORTEST_LAP_MS) {
      const measured = elapsedMs / this.steps;
      this.stepMs = this.stepMs === undefined ? measured : 0.7 * this.stepMs + 0.3 * measured;
      this.startedAt = now;
      this.steps = 0;
    }
    const stepMs = this.stepMs ?? READ_INTERVAL_MS;
    return { stepMs, imagesPerSecond: (1000 * this.batchSize) / stepMs };
  }
}

function refuseNonFinite(points: readonly TrainingPoint[]): void {
  const bad = points.find(({ loss }) => !Number.isFinite(loss));
  if (!bad) return;
  throw new WorkbenchError('training.notFinite', { loss: String(bad.loss), step: bad.step });
}
