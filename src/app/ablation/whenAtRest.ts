import type { Phase } from '../../protocol/protocol.ts';
import type { WorkbenchStore } from '../store.ts';

/** Resolves once the session is in one of these phases, at once where it is already. */
export function whenAtRest(store: WorkbenchStore, phases: readonly Phase[]): Promise<Phase> {
  return new Promise((resolve) => {
    const check = () => {
      const { phase } = store.getState();
      if (!phases.includes(phase)) return;
      stop();
      resolve(phase);
    };
    const stop = store.subscribe(check);
    check();
  });
}
