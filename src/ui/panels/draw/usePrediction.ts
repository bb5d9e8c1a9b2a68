import { useEffect, useMemo, useRef } from 'react';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { Prediction } from '../../../protocol/protocol.ts';
import { type Drawing, isBlank } from './drawing.ts';
import { NewestWins } from './newestWins.ts';
import { pictureOf } from './paint.ts';
import { modelKey } from './selectors.ts';

const PREDICT_INTERVAL_MS = 30;

/** Has the drawing read whenever it, or the network, has changed. A blank one is not read. */
export function usePrediction(drawing: Drawing): Prediction | undefined {
  const workbench = useWorkbench();
  const prediction = useWorkbenchState((state) => state.prediction);
  const model = useWorkbenchState(modelKey);
  const newest = useRef(drawing);
  /** After a refusal the same stroke is not tried again, or each move would bring a message. */
  const refused = useRef<string>(undefined);

  const questions = useMemo(() => {
    const read = async (asked: Drawing) => {
      await workbench.predict(pictureOf(asked)).catch(() => {
        refused.current = subjectOf(asked);
      });
      if (isBlank(newest.current)) workbench.clearPrediction();
    };
    return new NewestWins(read, PREDICT_INTERVAL_MS);
  }, [workbench]);

  useEffect(() => {
    newest.current = drawing;
    if (isBlank(drawing)) {
      questions.forget();
      refused.current = undefined;
      if (workbench.state().prediction) workbench.clearPrediction();
    } else if (model !== undefined && refused.current !== subjectOf(drawing)) {
      questions.ask(drawing);
    }
  }, [drawing, model, questions, workbench]);
  useEffect(() => () => questions.forget(), [questions]);

  return prediction;
}

function subjectOf({ strokes, picture }: Drawing): string {
  return picture ? picture.picture.name : `${strokes.length} strokes`;
}
