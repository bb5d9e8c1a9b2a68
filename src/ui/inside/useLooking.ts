import { useEffect, useState } from 'react';
import { canStart } from '../../app/canStart.ts';
import type { WorkbenchState } from '../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import type { Workbench } from '../../app/workbench.ts';

/** The worker paces looks while a run trains; this only keeps an answer in no time from spinning. */
const LEAST_REST_MS = 150;

/** Another one whenever the same question may have another answer; undefined while nothing can answer. */
function answererOf(state: WorkbenchState): string | undefined {
  const { run, phase } = state;
  if (!run || !canStart('inspect')(state)) return undefined;
  return phase === 'training' ? `${run.record.id} training` : `${run.record.id} ${run.step}`;
}

/**
 * Asks the worker about the network: once while it rests, and again and again while it learns. Nothing is
 * asked while `question` is undefined, be it because nobody would see the answer. The last answer stays.
 * @param isDear asked once of a network that learns too, since the answer takes many steps' time
 */
export function useLooking<T>(
  question: ((workbench: Workbench) => Promise<T>) | undefined,
  isDear = false,
): T | undefined {
  const workbench = useWorkbench();
  const answerer = useWorkbenchState(answererOf);
  const runId = useWorkbenchState(({ run }) => run?.record.id);
  const [seen, setSeen] = useState<{ runId: string | undefined; answer: T }>();

  useEffect(() => {
    if (!question || answerer === undefined) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      question(workbench).then(
        (answer) => {
          if (!isWanted) return;
          setSeen({ runId, answer });
          again();
        },
        // Overtaken by another question, or told as a notice: neither is a reason to ask at once.
        () => isWanted && again(),
      );
    };
    const again = () => {
      if (!isDear && workbench.state().phase === 'training')
        timer = setTimeout(look, LEAST_REST_MS);
    };
    look();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [question, isDear, answerer, runId, workbench]);

  return seen && seen.runId === runId ? seen.answer : undefined;
}
