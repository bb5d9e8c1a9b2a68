import { describe, expect, it } from 'vitest';
import { confusionOf } from '../domain/metrics/confusion.ts';
import { packHistory } from '../domain/metrics/history.ts';
import { architectureOf, seedRecipe } from '../domain/recipe/recipe.ts';
import { factsOf, type RunRecord, type RunSummary } from '../domain/runs/run.ts';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { reduce } from './reduce.ts';
import type { WorkbenchState } from './state.ts';
import { createWorkbenchStore } from './store.ts';

const input = { height: 28, width: 28, channels: 1 };
const record = (id: string): RunRecord => ({
  id,
  name: `Run ${id}`,
  status: 'training',
  createdAt: 0,
  updatedAt: 0,
  recipe: seedRecipe,
  architecture: architectureOf(seedRecipe, input, 10),
  scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
  datasetName: 'MNIST',
  classNames: [],
  engine: 'wasm',
  step: 0,
  trainingMs: 0,
  history: { training: [], validation: [] },
});
const stateAfter = (...events: WorkerEvent[]): WorkbenchState =>
  events.reduce(reduce, createWorkbenchStore(seedRecipe, 'auto').getState());
const steps = (...numbers: number[]): WorkerEvent => ({
  type: 'step',
  points: numbers.map((step) => ({ step, loss: 1, accuracy: 0 })),
  imagesPerSecond: 100,
  secondsLeft: 5,
});

describe('the state follows the events', () => {
  it('collects the steps of a run', () => {
    const { run } = stateAfter({ type: 'run', record: record('a') }, steps(1, 2), steps(3));
    expect(run?.step).toBe(3);
    expect(run?.training.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  it('goes on with the curves that it has where news of the run bring none', () => {
    const point = { step: 1, loss: 2, accuracy: 0.5 };
    const curves = packHistory({ training: [point], validation: [] });
    const begun: WorkerEvent = { type: 'run', record: record('a'), curves };
    const renamed: WorkerEvent = { type: 'run', record: { ...record('a'), name: 'Mine' } };
    const { run } = stateAfter(begun, steps(2), renamed, steps(3));
    expect(run?.record.name).toBe('Mine');
    expect(run?.training.map(({ step, loss }) => [step, loss])).toEqual([
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
    const other = stateAfter(begun, steps(2), { type: 'run', record: record('b') });
    expect(other.run?.training).toHaveLength(0);
  });

  it('changes one run of the list at a time, the one used last first', () => {
    const listed = (id: string, openedAt: number): RunSummary => ({
      ...factsOf(record(id)),
      ...{ steps: 1, storedBytes: 0, openedAt },
    });
    const news = (id: string, openedAt?: number): WorkerEvent => ({
      ...{ type: 'listedRun', id },
      ...(openedAt !== undefined && { run: listed(id, openedAt) }),
    });
    const all: WorkerEvent = { type: 'runs', runs: [listed('b', 2), listed('a', 1)] };
    const ids = (...events: WorkerEvent[]) => stateAfter(all, ...events).runs.map(({ id }) => id);
    expect(ids(news('a', 3))).toEqual(['a', 'b']);
    expect(ids(news('c', 1.5))).toEqual(['b', 'c', 'a']);
    expect(ids(news('b'))).toEqual(['a']);
  });

  it('shows how far the GPU is made ready until it is', () => {
    const preparation = { stage: 'tuning', done: 3, total: 17 } as const;
    const during: WorkerEvent = { type: 'preparation', preparation };
    expect(stateAfter(during).preparation).toEqual(preparation);
    expect(stateAfter(during, { type: 'preparation' }).preparation).toBeUndefined();
  });

  it('passes nothing over any more that was opened, or refused in words', () => {
    const before = {
      ...createWorkbenchStore(seedRecipe, 'auto').getState(),
      passedOver: ['a', 'b'],
    };
    const opening = reduce(before, { type: 'opening', opening: { kind: 'run', id: 'a' } });
    expect(opening.passedOver).toEqual(['a', 'b']);
    expect(reduce(opening, { type: 'opening' }).passedOver).toEqual(['b']);
    expect(reduce(before, { type: 'opening' }).passedOver).toEqual(['a', 'b']);
  });

  it('forgets the evaluation when another run takes its place, not when the same goes on', () => {
    const evaluation = {
      ...{
        split: 'test' as const,
        images: 0,
        loss: 0,
        accuracy: 1,
        confusion: confusionOf([], [], 1),
      },
      ...{ truths: new Uint16Array(), predictions: new Uint16Array() },
      confidences: new Float32Array(),
      ...{ runId: 'a', step: 10, datasetName: 'MNIST', datasetId: 'm' },
    };
    const evaluated: WorkerEvent[] = [
      { type: 'run', record: record('a') },
      { type: 'evaluation', evaluation },
    ];
    expect(stateAfter(...evaluated, { type: 'run', record: record('a') }).evaluation.status).toBe(
      'done',
    );
    expect(stateAfter(...evaluated, { type: 'run', record: record('b') }).evaluation.status).toBe(
      'none',
    );
  });

  it('takes a progress bar away when its work ended without a result', () => {
    const state = stateAfter(
      { type: 'phase', phase: 'loading' },
      { type: 'datasetProgress', loadedBytes: 1, totalBytes: 2 },
      { type: 'phase', phase: 'idle' },
    );
    expect(state.dataset).toEqual({ status: 'absent' });
  });

  it('tells warnings from failures', () => {
    const warning: WorkerEvent = { type: 'error', kind: 'warning', message: 'Little room.' };
    const failure: WorkerEvent = { type: 'error', message: 'No room.' };
    expect(stateAfter(warning, failure).notices.map(({ kind }) => kind)).toEqual([
      'warning',
      'error',
    ]);
  });

  it('shows how far the export of all runs is until it has ended', () => {
    const during: WorkerEvent = { type: 'runsExport', progress: { done: 1, total: 3 } };
    expect(stateAfter(during).runsExport).toEqual({ done: 1, total: 3 });
    expect(stateAfter(during, { type: 'runsExport' }).runsExport).toBeUndefined();
  });

  it('gives every failure a notice of its own', () => {
    const failure: WorkerEvent = { type: 'error', code: 'model.missing', message: 'No model.' };
    const { notices } = stateAfter(failure, failure);
    expect(notices.map(({ id, code }) => [id, code])).toEqual([
      [1, 'model.missing'],
      [2, 'model.missing'],
    ]);
  });

  it('never gives a notice the id of one that was dismissed', () => {
    const failure: WorkerEvent = { type: 'error', code: 'model.missing', message: 'No model.' };
    const before = stateAfter(failure, failure);
    const dismissed = { ...before, notices: before.notices.slice(0, 1) };
    expect(reduce(dismissed, failure).notices.map(({ id }) => id)).toEqual([1, 3]);
  });
});
