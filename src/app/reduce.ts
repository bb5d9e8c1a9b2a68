import { byAge } from '../domain/drawing/drawings.ts';
import { curvesOf, noHistory, unpackHistory } from '../domain/metrics/history.ts';
import type { RunSummary } from '../domain/runs/run.ts';
import type { RunEvent, WorkerEvent } from '../protocol/workerEvents.ts';
import { exhaustive } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { type Notice, nothingOfRun, type RunState, type WorkbenchState } from './state.ts';

/** The state after an event from the worker. Pure: all that the page knows comes through here. */
export function reduce(state: WorkbenchState, event: WorkerEvent): WorkbenchState {
  switch (event.type) {
    case 'phase':
      return { ...state, ...leaveExcursions(state, event.phase), phase: event.phase };
    case 'engine':
      return { ...state, engine: event.report };
    case 'datasetProgress': {
      const { loadedBytes, totalBytes } = event;
      return { ...state, dataset: { status: 'loading', loadedBytes, totalBytes } };
    }
    case 'dataset':
      return { ...state, dataset: { status: 'ready', summary: event.summary } };
    case 'datasets':
      return { ...state, datasets: event.datasets };
    case 'run':
      return withRun(state, event.record.id, (previous) => ({
        ...ofRecord(event, previous),
        imagesPerSecond: undefined,
        secondsLeft: undefined,
        checkpoint: previous?.checkpoint,
      }));
    case 'preparation':
      return { ...state, preparation: event.preparation };
    case 'step':
      return withCurrentRun(state, (run) => ({
        ...run,
        step: event.points.at(-1)?.step ?? run.step,
        training: curvesOf(run).training.appended(event.points),
        imagesPerSecond: event.imagesPerSecond,
        secondsLeft: event.secondsLeft,
      }));
    case 'validation':
      return withCurrentRun(state, (run) => ({
        ...run,
        validation: curvesOf(run).validation.appended([event.point]),
      }));
    case 'checkpoint':
      return withCurrentRun(state, (run) =>
        event.runId === run.record.id
          ? { ...run, checkpoint: { step: event.step, savedAt: event.savedAt } }
          : run,
      );
    case 'evaluationProgress': {
      const { done, total } = event;
      return { ...state, evaluation: { status: 'running', done, total } };
    }
    case 'evaluation':
      return { ...state, evaluation: { status: 'done', evaluation: event.evaluation } };
    case 'robustness':
      return { ...state, robustnessProgress: event.progress };
    case 'drawings':
      return { ...state, drawings: event.drawings };
    case 'changedDrawings': {
      const changed = new Set([...event.gone, ...event.shown.map(({ id }) => id)]);
      const others = state.drawings.filter(({ id }) => !changed.has(id));
      return { ...state, drawings: [...others, ...event.shown].sort(byAge) };
    }
    case 'scoring':
      return { ...state, scoring: event.progress };
    case 'runs':
      return { ...state, runs: event.runs };
    case 'listedRun': {
      const others = state.runs.filter(({ id }) => id !== event.id);
      return { ...state, runs: event.run ? inOrder([...others, event.run]) : others };
    }
    case 'opening':
      return { ...state, opening: event.opening, passedOver: stillPassedOver(state, event) };
    case 'unreadable': {
      const others = state.unreadable.filter(({ kind }) => kind !== event.kind);
      return { ...state, unreadable: [...others, ...event.records] };
    }
    case 'storage':
      return { ...state, storage: event.report };
    case 'runsExport':
      return { ...state, runsExport: event.progress };
    case 'inside':
      return { ...state, inside: { ...state.inside, [event.task]: event.progress } };
    case 'predictions':
      return { ...state, predictions: event.progress };
    case 'error': {
      const { type: _, ...failure } = event;
      return withNotice(state, { kind: 'error', ...failure });
    }
    default:
      return exhaustive(event);
  }
}

/** What was being opened is opened, or was refused in words: nobody died of it. */
function stillPassedOver(
  { passedOver, opening }: WorkbenchState,
  event: Extract<WorkerEvent, { type: 'opening' }>,
): readonly string[] {
  const isOver = event.opening === undefined && opening && passedOver.includes(opening.id);
  return isOver ? passedOver.filter((id) => id !== opening.id) : passedOver;
}

export function withNotice(state: WorkbenchState, notice: Omit<Notice, 'id'>): WorkbenchState {
  const id = state.noticesTold + 1;
  return { ...state, notices: [...state.notices, { id, ...notice }], noticesTold: id };
}

/** A failure of any kind as a notice. */
export function withFailure(state: WorkbenchState, error: unknown): WorkbenchState {
  const known = error instanceof WorkbenchError && { code: error.code, params: error.params };
  const message = error instanceof Error ? error.message : String(error);
  return withNotice(state, { kind: 'error', message, ...known });
}

/** A bar that was moving when its work was refused or cancelled does not stay behind. */
function leaveExcursions(
  { dataset, evaluation }: WorkbenchState,
  phase: WorkbenchState['phase'],
): Partial<WorkbenchState> {
  return {
    ...(phase !== 'loading' && dataset.status === 'loading' && { dataset: { status: 'absent' } }),
    ...(phase !== 'evaluating' &&
      evaluation.status === 'running' && { evaluation: { status: 'none' } }),
  };
}

function withCurrentRun(state: WorkbenchState, change: (run: RunState) => RunState) {
  return state.run ? { ...state, run: change(state.run) } : state;
}

/** The one used last first. */
const inOrder = (runs: readonly RunSummary[]) =>
  runs.toSorted((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0));

/** What is new of the curves has come with the steps. */
function ofRecord({ record: facts, curves }: RunEvent, previous: RunState | undefined) {
  const { training, validation } = curves ? unpackHistory(curves) : (previous ?? noHistory);
  // Views of their own: who takes the state out of the page as JSON sees both.
  const history = { training: training.slice(), validation: validation.slice() };
  const record = { ...facts, history };
  return { record, step: facts.step, training, validation };
}

/** Another run's evaluation and prediction do not speak of this one. */
function withRun(
  state: WorkbenchState,
  id: string,
  make: (previous: RunState | undefined) => RunState,
): WorkbenchState {
  const same = state.run?.record.id === id;
  const run = make(same ? state.run : undefined);
  return same ? { ...state, run } : { ...state, ...nothingOfRun, run };
}
