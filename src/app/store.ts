import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineChoice } from '../domain/engineReport.ts';
import type { Recipe } from '../domain/recipe.ts';
import { nothingUnderWay, type WorkbenchState } from './state.ts';

export type WorkbenchStore = StoreApi<WorkbenchState>;

export function createWorkbenchStore(recipe: Recipe, engineChoice: EngineChoice): WorkbenchStore {
  return createStore<WorkbenchState>(() => ({
    phase: 'starting',
    engineChoice,
    engine: undefined,
    dataset: { status: 'absent' },
    datasets: [],
    recipe,
    run: undefined,
    evaluation: { status: 'none' },
    robustness: undefined,
    prediction: undefined,
    drawings: [],
    drawnScore: undefined,
    runs: [],
    storage: undefined,
    ablation: undefined,
    notices: [],
    noticesTold: 0,
    ...nothingUnderWay,
  }));
}
