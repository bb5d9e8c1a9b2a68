import { canStart } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import type { Prediction } from '../../../protocol/protocol.ts';

/** Changes whenever the same drawing may be read differently; undefined while nothing can read. */
export function modelKey(state: WorkbenchState): string | undefined {
  const { run, phase } = state;
  if (!run || !canStart('predict')(state)) return undefined;
  const { record, validation, checkpoint } = run;
  return [record.id, validation.length, checkpoint?.step ?? 0, phase === 'training'].join(' ');
}

/** A class and its probability, 0 to 1; undefined while nothing is read. */
export interface Bar {
  readonly name: string;
  readonly share: number | undefined;
  readonly isTop: boolean;
}

/** Beyond these many classes only the most probable are shown. */
export const MOST_BARS = 10;

/** All classes in their order, or of many the most probable ones. */
export function barsOf(
  prediction: Pick<Prediction, 'blank' | 'label' | 'probabilities'> | undefined,
  names: readonly string[],
): Bar[] {
  const isRead = prediction !== undefined && !prediction.blank;
  const bars = names.map((name, index) => ({
    name,
    share: isRead ? (prediction.probabilities[index] ?? 0) : undefined,
    isTop: isRead && prediction.label === index,
  }));
  if (bars.length <= MOST_BARS) return bars;
  return bars.sort((a, b) => (b.share ?? 0) - (a.share ?? 0)).slice(0, MOST_BARS);
}

/** Digits as their names, while nothing says what there is to know. */
const digits: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit));

/** The classes of the model, else those of the data set, which the next one learns, else digits. */
export function classNamesOf({ run, dataset }: WorkbenchState): readonly string[] {
  if (run) return run.record.classNames;
  return dataset.status === 'ready' ? dataset.summary.classNames : digits;
}

/** The sentence that fits a name: a 7, an 8, “Sandal”. */
export function looksLikeKey(name: string): 'looksLikeA' | 'looksLikeAn' | 'looksLike' {
  if (!/^[0-9A-Z]$/i.test(name)) return 'looksLike';
  return /[8AEFHILMNORSX]/i.test(name) ? 'looksLikeAn' : 'looksLikeA';
}
