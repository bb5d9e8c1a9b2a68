import { useCallback } from 'react';
import { useWorkbench } from '../../app/useStore.ts';

/**
 * For what a click begins and nobody waits for: a refusal already stands among the notices, and any
 * other failure is put there.
 */
export function useAttempt(): (work: Promise<unknown>) => void {
  const workbench = useWorkbench();
  return useCallback((work) => void work.catch(workbench.tell), [workbench]);
}
