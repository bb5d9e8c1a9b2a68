import { useEffect, useMemo, useRef } from 'react';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { Prediction } from '../../../protocol/protocol.ts';
import { type Drawing, isBlank, type Sheet } from './drawing.ts';
import { NewestWins } from './newestWins.ts';
import { pictureOf } from './paint.ts';
import { modelKey } from './selectors.ts';

const PREDICT_INTERVAL_MS = 30;

/** A sheet to be read, with what makes a question another one: the step it came of, and the reader. */
interface Question {
  readonly sheet: Sheet;
  readonly step: Drawing['past'];
  readonly reader: object;
}

/** Has the drawing read whenever it, or the network, has changed. A blank one is not read. */
export function usePrediction({ sheet, past: step }: Drawing): Prediction | undefined {
  const workbench = useWorkbench();
  const prediction = useWorkbenchState((state) => state.prediction);
  const model = useWorkbenchState(modelKey);
  /** Another one whenever a model can read, be it the one of before. */
  const reader = useMemo(() => (model === undefined ? undefined : { model }), [model]);
  const newest = useRef(sheet);
  /** The same step is not tried again with the same reader, or each move would bring a message. */
  const refused = useRef<Question>(undefined);

  const questions = useMemo(() => {
    const read = async (asked: Question) => {
      const { step, reader } = refused.current ?? {};
      if (step === asked.step && reader === asked.reader) return;
      await workbench.predict(pictureOf(asked.sheet)).catch(() => {
        refused.current = asked;
        // What was read before was another drawing.
        workbench.clearPrediction();
      });
      if (isBlank(newest.current)) workbench.clearPrediction();
    };
    return new NewestWins(read, PREDICT_INTERVAL_MS);
  }, [workbench]);

  useEffect(() => {
    newest.current = sheet;
    if (isBlank(sheet)) {
      questions.forget();
      if (workbench.state().prediction) workbench.clearPrediction();
      return;
    }
    if (reader) questions.ask({ sheet, step, reader });
  }, [sheet, step, reader, questions, workbench]);
  useEffect(() => () => questions.forget(), [questions]);

  return prediction;
}
