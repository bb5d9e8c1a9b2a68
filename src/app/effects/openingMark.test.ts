import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { noteDeath } from '../goingOn.ts';
import { openingMarks } from '../openingMarks.ts';
import { reduce } from '../reduce.ts';
import { nothingUnderWay } from '../state.ts';
import { createWorkbenchStore } from '../store.ts';
import { startEffects } from './effect.ts';
import { markOpenings } from './openingMark.ts';
import { fakeBrowser } from './testing/fakeBrowser.ts';

beforeEach(() => {
  fakeBrowser();
});
afterEach(() => vi.unstubAllGlobals());

it('has the next visit pass over what a worker died of, though the page lived on', async () => {
  const kept = new Map<string, string>();
  const memory = {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const marksOf = (page: string) => openingMarks(memory, async () => false, page, 'site');
  const nextVisit = () => marksOf('next').passedOver();
  const store = createWorkbenchStore(seedRecipe, 'auto');
  startEffects(store, [markOpenings(marksOf('page'))], (_, failure) => {
    throw failure;
  });
  const opening = { type: 'opening', opening: { kind: 'run', id: 'bad' } } as const;

  store.setState((state) => reduce(state, opening));
  noteDeath(store, new WorkbenchError('worker.failed', { problem: 'killed' }));
  store.setState({ phase: 'starting', ...nothingUnderWay });
  expect(await nextVisit()).toEqual(['bad']);

  // The user has it opened, and nobody dies.
  store.setState((state) => reduce(state, opening));
  store.setState((state) => reduce(state, { type: 'opening' }));
  expect(await nextVisit()).toEqual([]);

  // An engine that fails is no death: the run is opened again.
  store.setState((state) => reduce(state, opening));
  noteDeath(store, new WorkbenchError('engine.lost'));
  store.setState({ phase: 'starting', ...nothingUnderWay });
  expect(await nextVisit()).toEqual([]);
});
