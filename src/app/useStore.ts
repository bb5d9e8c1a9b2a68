import { createContext, useContext, useSyncExternalStore } from 'react';
import { assert } from '../util/assert.ts';
import type { WorkbenchState } from './state.ts';
import type { Workbench } from './workbench.ts';

const WorkbenchContext = createContext<Workbench | undefined>(undefined);

/** Gives the panels below it their workbench. */
export const WorkbenchProvider = WorkbenchContext.Provider;

/** The commands of the workbench. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  assert(workbench, 'a panel stands outside WorkbenchProvider');
  return workbench;
}

/** A part of the state; the component renders again when that part changes. */
export function useWorkbenchState<T>(selector: (state: WorkbenchState) => T): T {
  const workbench = useWorkbench();
  return useSyncExternalStore(workbench.subscribe, () => selector(workbench.state()));
}
