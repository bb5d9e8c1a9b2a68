import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineChoice } from '../domain/machine/engineReport.ts';
import type { Recipe } from '../domain/recipe/recipe.ts';
import { nothingOfRun, nothingUnderWay, type WorkbenchState } from './state.ts';

export type WorkbenchStore = StoreApi<WorkbenchState>;

/**
 * Who listens may throw, scripts in the browser's console among them: everybody else hears all the
 * same, and the error is the browser's to report.
 */
export function createWorkbenchStore(recipe: Recipe, engineChoice: EngineChoice): WorkbenchStore {
  const store = createStore<WorkbenchState>(() => ({
    phase: 'starting',
    engineChoice,
    engine: undefined,
    dataset: { status: 'absent' },
    datasets: [],
    recipe,
    drawings: [],
    runs: [],
    unreadable: [],
    passedOver: [],
    linkAsks: false,
    storage: undefined,
    ablation: undefined,
    notices: [],
    noticesTold: 0,
    ...nothingOfRun,
    ...nothingUnderWay,
  }));
  return { ...store, subscribe: (listener) => store.subscribe(guarded(listener)) };
}

type Listener = Parameters<WorkbenchStore['subscribe']>[0];

function guarded(listener: Listener): Listener {
  let hasThrown = false;
  return (state, previous) => {
    try {
      listener(state, previous);
    } catch (error) {
      // Once: the report changes the state, of which the same listener hears.
      if (hasThrown) return;
      hasThrown = true;
      setTimeout(() => {
        throw error;
      });
    }
  };
}
