import { useEffect } from 'react';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { canScore, isScored, isScoringCheap } from './selectors.ts';

/** Changes come in bursts: a run that ends, its name, its evaluation. */
const SETTLED_MS = 150;

/**
 * Has the drawings read whenever there are others, or other weights, and the worker rests. What was
 * refused is not asked again until something changes.
 */
export function useAutomaticScore(): void {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const drawings = useWorkbenchState((state) => state.drawings);
  const runId = useWorkbenchState(({ run }) => run?.record.id);
  const step = useWorkbenchState(({ run, phase }) => (phase === 'training' ? 0 : run?.step));
  const isReady = useWorkbenchState(canScore);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when one of these changes.
  useEffect(() => {
    const timer = setTimeout(() => {
      const state = workbench.state();
      if (!canScore(state) || isScored(state) || !isScoringCheap(state)) return;
      attempt(workbench.scoreDrawings());
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [workbench, drawings, runId, step, isReady]);
}
