import { canStart } from '../../../../app/canStart.ts';
import type { WorkbenchState } from '../../../../app/state.ts';
import { describeNetwork } from '../../../../domain/architecture/shapes.ts';
import type { DrawnScore, KeptDrawing } from '../../../../domain/drawing/drawings.ts';
import type { RunRecord } from '../../../../domain/runs/run.ts';

/** The class that a key stands for: the one of its name; of longer names, the first ten by position. */
export function classOfKey(key: string, names: readonly string[]): string | undefined {
  if (names.includes(key)) return key;
  const haveShortNames = names.some((name) => name.length === 1);
  return /^[0-9]$/.test(key) && !haveShortNames ? names[Number(key)] : undefined;
}

/** A drawing and how it was read; unread while its class is unknown, or it is new. */
export interface ReadDrawing {
  readonly drawing: KeptDrawing;
  readonly readAs: string | undefined;
  readonly isRight: boolean;
}

/** The newest first. */
export function readDrawings(
  drawings: readonly KeptDrawing[],
  score: DrawnScore | undefined,
): ReadDrawing[] {
  const byId = new Map(score?.perDrawing.map((reading) => [reading.id, reading]));
  return drawings.toReversed().map((drawing) => {
    const reading = byId.get(drawing.id);
    return { drawing, readAs: reading?.readAs, isRight: reading?.isRight ?? false };
  });
}

/** Of some of the drawings. */
export interface Tally {
  readonly right: number;
  readonly total: number;
}

/** The figures, those of drawings that the network has learned apart: they test nothing. */
export interface ScoreFigures {
  readonly unseen: Tally;
  readonly learned: Tally;
}

/** Of the drawings that are still there. */
export function figuresOf(drawings: readonly KeptDrawing[], score: DrawnScore): ScoreFigures {
  const ids = new Set(drawings.map(({ id }) => id));
  const there = score.perDrawing.filter(({ id }) => ids.has(id));
  const tally = (wasLearned: boolean): Tally => {
    const some = there.filter((reading) => reading.wasLearned === wasLearned);
    return { right: some.filter(({ isRight }) => isRight).length, total: some.length };
  };
  return { unseen: tally(false), learned: tally(true) };
}

/** How many drawings are of classes that the model in memory does not know. */
export function unknownCount({ drawings, run }: WorkbenchState): number {
  const names = run?.record.classNames;
  return names ? drawings.filter(({ className }) => !names.includes(className)).length : 0;
}

/** Whether there is a model, and a drawing that it could read. */
export function canScore(state: WorkbenchState): boolean {
  return canStart('scoreDrawings')(state) && state.run !== undefined && knownCount(state) > 0;
}

/** Whether the score is of the weights and of the drawings that there are now. */
export function isScored(state: WorkbenchState): boolean {
  const { run, drawings, drawnScore } = state;
  if (!run || drawnScore?.runId !== run.record.id || drawnScore.step !== run.step) return false;
  const there = new Set(drawings.map(({ id }) => id));
  const { perDrawing } = drawnScore;
  return perDrawing.length === knownCount(state) && perDrawing.every(({ id }) => there.has(id));
}

/** About a second on one core of a processor, and less on a GPU. */
const CHEAP_MULTIPLY_ADDS = { processor: 1e10, gpu: 5e11 } as const;

/** Whether nobody would notice that all drawings are read again. */
export function isScoringCheap(state: WorkbenchState): boolean {
  const { run, engine } = state;
  if (!run) return false;
  const hasGpu = engine?.adapter !== undefined && !engine.adapter.software;
  const { multiplyAdds } = describeNetwork(run.record.architecture);
  const limit = CHEAP_MULTIPLY_ADDS[hasGpu ? 'gpu' : 'processor'];
  return knownCount(state) * multiplyAdds <= limit;
}

function knownCount(state: WorkbenchState): number {
  return state.drawings.length - unknownCount(state);
}

/** Enough for a few hundred looks at each of some dozen drawings. */
export const TUNING_STEPS = 100;
const TUNING_RATE = 0.1;

/** A tenth of the rate that the network was trained with, so that it keeps what it knows. */
export function tuningRate({ recipe, tunedOn }: RunRecord): number {
  return tunedOn ? recipe.learningRate : TUNING_RATE * recipe.learningRate;
}
