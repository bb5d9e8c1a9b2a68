import { describe, expect, it } from 'vitest';
import type { WorkbenchState } from '../../../../app/state.ts';
import { createWorkbenchStore } from '../../../../app/store.ts';
import type { DrawnScore, KeptDrawing } from '../../../../domain/drawing/drawings.ts';
import { seedRecipe } from '../../../../domain/recipe/recipe.ts';
import { digits, runState } from '../../../testing/runState.ts';
import {
  canScore,
  classOfKey,
  figuresOf,
  isScored,
  isScoringCheap,
  readDrawings,
  tuningRate,
  unknownCount,
} from './selectors.ts';

function kept(id: string, className: string): KeptDrawing {
  return { id, className, createdAt: 1, thumbnail: new Uint8Array(28 * 28) };
}

const run = runState;
const { record } = run;

const score: DrawnScore = {
  ...{ runId: 'run', step: 10, right: 1, total: 2 },
  perDrawing: [
    { id: 'a', readAs: '7', isRight: true, wasLearned: false },
    { id: 'b', readAs: '1', isRight: false, wasLearned: true },
  ],
};

function state(changes: Partial<WorkbenchState>): WorkbenchState {
  const initial = createWorkbenchStore(seedRecipe, 'wasm').getState();
  return { ...initial, phase: 'idle', run, drawings: [kept('a', '7'), kept('b', '7')], ...changes };
}

describe('the key of a class', () => {
  it('is its name, where that is one key', () => {
    expect(classOfKey('7', digits)).toBe('7');
    expect(classOfKey('b', ['0', 'B', 'b'])).toBe('b');
    expect(classOfKey('x', digits)).toBeUndefined();
    expect(classOfKey('3', ['A', 'B', 'C', 'D'])).toBeUndefined();
  });

  it('is its position, where names are words', () => {
    expect(classOfKey('1', ['Sandal', 'Boot'])).toBe('Boot');
    expect(classOfKey('2', ['Sandal', 'Boot'])).toBeUndefined();
  });
});

describe('the strip', () => {
  it('begins with the newest, and has each with its reading', () => {
    const drawings = [kept('a', '7'), kept('b', '7'), kept('c', '3')];
    const strip = readDrawings(drawings, score);
    expect(strip.map(({ drawing }) => drawing.id)).toEqual(['c', 'b', 'a']);
    expect(strip.map(({ readAs }) => readAs)).toEqual([undefined, '1', '7']);
    expect(strip.map(({ isRight }) => isRight)).toEqual([false, false, true]);
  });
});

describe('the score', () => {
  it('counts apart what the network was trained on', () => {
    const { drawings } = state({});
    expect(figuresOf(drawings, score)).toEqual({
      unseen: { right: 1, total: 1 },
      learned: { right: 0, total: 1 },
    });
  });

  it('forgets a drawing that was removed', () => {
    expect(figuresOf([kept('a', '7')], score).learned.total).toBe(0);
  });

  it('is of these weights and these drawings, or has to be taken again', () => {
    expect(isScored(state({ drawnScore: score }))).toBe(true);
    expect(isScored(state({}))).toBe(false);
    expect(isScored(state({ drawnScore: { ...score, step: 9 } }))).toBe(false);
    expect(isScored(state({ drawnScore: { ...score, runId: 'another' } }))).toBe(false);
    const drawings = [...state({}).drawings, kept('c', '3')];
    expect(isScored(state({ drawnScore: score, drawings }))).toBe(false);
    expect(isScored(state({ drawnScore: score, drawings: [kept('a', '7')] }))).toBe(false);
  });

  it('does not wait for drawings of classes that the model does not know', () => {
    const drawings = [...state({}).drawings, kept('c', 'Sandal')];
    expect(unknownCount(state({ drawings }))).toBe(1);
    expect(isScored(state({ drawnScore: score, drawings }))).toBe(true);
    expect(canScore(state({ drawings: [kept('c', 'Sandal')] }))).toBe(false);
  });

  it('is taken at rest only, and by itself while that is cheap', () => {
    expect(canScore(state({}))).toBe(true);
    expect(canScore(state({ phase: 'training' }))).toBe(false);
    expect(canScore(state({ run: undefined }))).toBe(false);
    const many = Array.from({ length: 1000 }, (_, i) => kept(String(i), '1'));
    expect(isScoringCheap(state({}))).toBe(true);
    expect(isScoringCheap(state({ drawings: many }))).toBe(false);
  });
});

it('fine-tunes at a tenth of the rate, once and again', () => {
  const once = tuningRate(record);
  expect(once).toBeCloseTo(0.1 * seedRecipe.learningRate);
  const recipe = { ...seedRecipe, learningRate: once };
  expect(tuningRate({ ...record, recipe, tunedOn: ['a'] })).toBe(once);
});
