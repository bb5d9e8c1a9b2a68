import { assert, at } from '../../util/assert.ts';
import type { Evaluation } from './metrics.ts';
import { comparisonOf, type PairedComparison } from './pairedComparison.ts';
import { rightBits } from './rightBits.ts';
import { accuracyInterval, type Interval } from './wilson.ts';

/**
 * How several networks read together (L. K. Hansen and P. Salamon, "Neural network ensembles", IEEE
 * Transactions on Pattern Analysis and Machine Intelligence 12, 1990, 993-1001):
 *
 * - `mean`: the class of the largest mean of their probabilities;
 * - `vote`: the class that most of them read; of those with as many votes, the one of the largest mean.
 */
export const combinations = ['mean', 'vote'] as const;
export type Combination = (typeof combinations)[number];

/**
 * The class of each image.
 * @param members of each network `images * classes` probabilities, image by image
 */
export function readTogether(
  members: readonly ArrayLike<number>[],
  classes: number,
  combination: Combination,
): Uint8Array {
  const images = at(members, 0).length / classes;
  const scores = new Float64Array(classes);
  return Uint8Array.from({ length: images }, (_, image) => {
    scores.fill(0);
    for (const member of members) {
      let best = 0;
      for (let label = 0; label < classes; label++) {
        const probability = at(member, image * classes + label);
        if (probability > at(member, image * classes + best)) best = label;
        scores[label] = at(scores, label) + probability / members.length;
      }
      // A vote outweighs every mean, which is at most 1.
      if (combination === 'vote') scores[best] = at(scores, best) + 2;
    }
    return scores.indexOf(scores.reduce((most, score) => Math.max(most, score)));
  });
}

/** What networks came to together on one set of images. */
export interface EnsembleFigures {
  readonly combination: Combination;
  readonly members: number;
  readonly images: number;
  /** Top-1, 0 to 1, and Wilson's interval of it. */
  readonly accuracy: number;
  readonly interval: Interval;
  /** Which of them does best by itself, of several the first; it was chosen by these very images. */
  readonly best: number;
  /** All together (the first) beside that one (the second). */
  readonly gain: PairedComparison;
}

/** @param evaluations of the same images, each with its probabilities */
export function ensembleFigures(
  evaluations: readonly Evaluation[],
  combination: Combination,
): EnsembleFigures {
  const { truths, confusion, images } = at(evaluations, 0);
  const members = evaluations.map((evaluation) => {
    const { probabilities } = evaluation;
    assert(probabilities, 'the probabilities of each image are there');
    const isSame = evaluation.truths.every((truth, i) => truth === truths[i]);
    assert(evaluation.images === images && isSame, 'all have read the same images');
    return probabilities;
  });
  const predictions = readTogether(members, confusion.length, combination);
  const accuracies = evaluations.map(({ accuracy }) => accuracy);
  const best = accuracies.indexOf(Math.max(...accuracies));
  const alone = rightBits(truths, at(evaluations, best).predictions);
  const gain = comparisonOf(rightBits(truths, predictions), alone, images);
  const accuracy = (gain.both + gain.onlyFirst) / images;
  const interval = accuracyInterval(accuracy, images);
  return { combination, members: members.length, images, accuracy, interval, best, gain };
}
