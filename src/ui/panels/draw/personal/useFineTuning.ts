import { useRef, useState } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import type { DrawnFigures } from '../../../../domain/drawing/drawings.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { TUNING_STEPS, tuningRate } from './selectors.ts';

/** How the drawings were read before a fine-tuning, and after. */
export interface TuningOutcome {
  /** Of the run that was fine-tuned, and of the one that came of it. */
  readonly formerId: string;
  readonly tunedId: string;
  readonly before: DrawnFigures;
  readonly after: DrawnFigures;
}

interface FineTuning {
  readonly isTuning: boolean;
  readonly outcome: TuningOutcome | undefined;
  readonly tune: () => void;
  /** Gives it up: back to the network of before, and what came of it so far is removed. */
  readonly cancel: () => void;
}

export function useFineTuning(): FineTuning {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const [isTuning, setIsTuning] = useState(false);
  const [outcome, setOutcome] = useState<TuningOutcome>();
  const wantsBack = useRef(false);

  const tune = async () => {
    const former = workbench.state().run?.record;
    if (!former) return;
    setOutcome(undefined);
    setIsTuning(true);
    wantsBack.current = false;
    try {
      const before = await workbench.scoreDrawings();
      const { id: tunedId, status } = await workbench.fineTune(TUNING_STEPS, tuningRate(former));
      if (wantsBack.current && status === 'stopped') {
        await workbench.openRun(former.id);
        await workbench.deleteRun(tunedId);
      } else if (status === 'finished' && workbench.state().run?.record.id === tunedId) {
        const after = await workbench.scoreDrawings();
        setOutcome({ formerId: former.id, tunedId, before, after });
      }
    } finally {
      setIsTuning(false);
    }
  };
  const cancel = () => {
    wantsBack.current = true;
    attempt(workbench.stop());
  };
  return { isTuning, outcome, tune: () => attempt(tune()), cancel };
}
