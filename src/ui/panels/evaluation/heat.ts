import { type ConfusionCounts, cellsOf } from '../../../domain/metrics/confusion.ts';

/** How strongly the cells of a confusion matrix are coloured. */
export interface HeatScale {
  /** 0 (empty) to 1, for a count on the diagonal or beside it. */
  readonly shareOf: (count: number, isRight: boolean) => number;
}

/** One image stands out from none. */
const FAINTEST = 0.14;

/**
 * Logarithmic, so that a single error is seen beside hundreds, and apart for right and wrong: there
 * are far more of the right ones.
 */
export function heatScale(confusion: ConfusionCounts): HeatScale {
  let [mostRight, mostWrong] = [0, 0];
  for (const { truth, predicted, count } of cellsOf(confusion)) {
    if (truth === predicted) mostRight = Math.max(mostRight, count);
    else mostWrong = Math.max(mostWrong, count);
  }
  return {
    shareOf: (count, isRight) => {
      if (count === 0) return 0;
      const highest = isRight ? mostRight : mostWrong;
      const rise = highest <= 1 ? 1 : Math.log(count) / Math.log(highest);
      return FAINTEST + (1 - FAINTEST) * rise;
    },
  };
}
