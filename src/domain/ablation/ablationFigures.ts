import {
  differenceEstimate,
  type Estimate,
  shareEstimate,
  type Tally,
} from '../metrics/differenceInterval.ts';
import type { VariantId } from './ablation.ts';
import { type AblationQueue, resultIn, seedsOf, variantsOf } from './ablationQueue.ts';
import type { AblationFigures, AblationResult } from './ablationRow.ts';

/** What the runs of one variant came to, together. Shares are from 0 to 1. */
export interface VariantFigures {
  readonly variant: VariantId;
  /** How many of its runs are through. */
  readonly runs: number;
  readonly accuracy: Estimate;
  /**
   * Of the validation accuracy to `seed`'s, over the seeds from which both are through; undefined for
   * `seed` itself and while there is none.
   */
  readonly difference: Estimate | undefined;
  /** Training minus validation accuracy: above 0 where more was learned than generalises. */
  readonly gap: Estimate;
  /** Means of mean cross-entropies; null where one is infinite. */
  readonly validationLoss: number | null;
  readonly trainingLoss: number | null;
  /** Of training, all runs together. */
  readonly seconds: number;
}

/** Of the variants of which a run is through, in their order. */
export function variantFigures(queue: AblationQueue): VariantFigures[] {
  return variantsOf(queue).flatMap((variant) => {
    const seeds = seedsOf(queue).filter((seed) => resultIn(queue, { variant, seed }));
    const results = seeds.flatMap((seed) => resultIn(queue, { variant, seed }) ?? []);
    if (results.length === 0) return [];
    return {
      ...{ variant, runs: results.length },
      accuracy: shareEstimate(results.map(({ validation }) => tallyOf(validation))),
      difference: variant === 'seed' ? undefined : differenceToSeed(queue, variant),
      gap: differenceEstimate(
        results.map(({ training, validation }) => ({
          ...{ first: tallyOf(training), second: tallyOf(validation) },
        })),
      ),
      validationLoss: meanLoss(results.map(({ validation }) => validation)),
      trainingLoss: meanLoss(results.map(({ training }) => training)),
      seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  });
}

function differenceToSeed(queue: AblationQueue, variant: VariantId): Estimate | undefined {
  const pairs = seedsOf(queue).flatMap((seed) => {
    const own = resultIn(queue, { variant, seed });
    const base = resultIn(queue, { variant: 'seed', seed });
    if (!own || !base) return [];
    return {
      first: tallyOf(own.validation),
      second: tallyOf(base.validation),
      bothRight: own.bothRight,
    };
  });
  return pairs.length === 0 ? undefined : differenceEstimate(pairs);
}

/** Whether an estimate is surely above or below 0. */
export function isClear({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

/** Training minus validation accuracy of one run. */
export function gapOf({ training, validation }: AblationResult): number {
  return training.accuracy - validation.accuracy;
}

function tallyOf({ accuracy, images }: AblationFigures): Tally {
  return { right: Math.round(accuracy * images), images };
}

function meanLoss(figures: readonly AblationFigures[]): number | null {
  const losses = figures.map(({ loss }) => loss);
  if (losses.includes(null)) return null;
  return losses.reduce((sum: number, loss) => sum + (loss ?? 0), 0) / losses.length;
}
