import { describe, expect, it } from 'vitest';
import type { RunState, WorkbenchState } from '../../../app/state.ts';
import { createWorkbenchStore } from '../../../app/store.ts';
import { architectureOf, seedRecipe } from '../../../domain/recipe/recipe.ts';
import type { RunStatus, RunSummary } from '../../../domain/runs/run.ts';
import {
  busyWith,
  epochsOf,
  fileNameOf,
  firstCheckpoint,
  keptState,
  situationOf,
} from './selectors.ts';

const shape = { height: 28, width: 28, channels: 1 };
const runAt = (step: number, status: RunStatus = 'training'): RunState => ({
  record: {
    ...{ id: 'a', name: 'AlexNet ×0.25, MNIST, seed 1', status, createdAt: 0, updatedAt: 0 },
    ...{ recipe: seedRecipe, architecture: architectureOf(seedRecipe, shape, 10) },
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    ...{ datasetName: 'MNIST', classNames: [], engine: 'wasm', step, trainingMs: 0 },
    history: { training: [], validation: [] },
  },
  ...{ step, training: [], validation: [] },
  ...{ imagesPerSecond: undefined, secondsLeft: undefined, checkpoint: undefined },
});
const stateWith = (changes: Partial<WorkbenchState>): WorkbenchState => ({
  ...createWorkbenchStore(seedRecipe, 'auto').getState(),
  ...{ phase: 'idle', ...changes },
});

describe('the control bar', () => {
  it.each([
    ['empty', {}],
    ['running', { phase: 'training', run: runAt(3) }],
    ['paused', { phase: 'paused', run: runAt(240) }],
    ['unfinished', { run: runAt(240, 'stopped') }],
    ['unfinished', { phase: 'evaluating', run: runAt(240, 'paused') }],
    ['complete', { run: runAt(1500) }],
    ['imported', { run: runAt(1500, 'imported') }],
    ['complete', { run: { ...runAt(1400, 'imported'), step: 1500 } }],
  ] as const)('is "%s"', (situation, changes) => {
    expect(situationOf(stateWith(changes))).toBe(situation);
  });

  it('knows why nothing can start', () => {
    expect(busyWith(stateWith({ phase: 'loading' }))).toBe('loading');
    expect(busyWith(stateWith({ phase: 'paused' }))).toBeUndefined();
  });
});

describe('the figures of a run', () => {
  it('count epochs of the images that it trains on, where their number is known', () => {
    const run = runAt(275);
    expect(epochsOf(stateWith({ run }))).toBeUndefined();
    const record = { ...run.record, scalingImages: 55_000 };
    const epochs = epochsOf(stateWith({ run: { ...run, record } }));
    expect(epochs).toEqual({ done: 0.5, all: 1500 / 550 });
  });

  it('say what is kept: the last checkpoint, else what was stored before this visit', () => {
    const stored: RunSummary = {
      ...{
        id: 'a',
        name: '',
        status: 'paused' as const,
        createdAt: 0,
        updatedAt: 7,
        recipe: seedRecipe,
      },
      ...{ datasetName: '', engine: '', step: 240, steps: 1500, storedBytes: 1 },
    };
    const run = runAt(250);
    expect(keptState(run, [])).toBeUndefined();
    expect(keptState(run, [stored])).toEqual({ step: 240, at: 7 });
    const checkpoint = { step: 200, savedAt: 9 };
    expect(keptState({ ...run, checkpoint }, [stored])).toEqual({ step: 200, at: 9 });
    expect(firstCheckpoint(run)).toBe(100);
  });

  it('name files in a way that every system takes', () => {
    expect(fileNameOf(runAt(1).record)).toBe('AlexNet-x0.25-MNIST-seed-1');
    expect(fileNameOf({ ...runAt(1).record, name: '../..\\\u0000' })).toBe('run');
    expect(fileNameOf({ ...runAt(1).record, name: '數字／一' })).toBe('數字-一');
  });
});
