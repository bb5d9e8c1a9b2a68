import { assert, at } from '../../util/assert.ts';
import { type Phrase, WorkbenchError } from '../../util/errors.ts';
import { placesOf } from '../data/classNames.ts';
import type { Labels } from '../data/labels.ts';
import type { RunEvaluation } from './metrics.ts';
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
): Labels {
  const images = at(members, 0).length / classes;
  const scores = new Float64Array(classes);
  return Uint16Array.from({ length: images }, (_, image) => {
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

/** One of the networks that are to read together. */
export interface EnsembleMember {
  /** What it is called where they do not go together: mostly its file. */
  readonly name: string;
  /** Of the network, in its own order. */
  readonly classNames: readonly string[];
  /** With the probabilities of each image. */
  readonly evaluation: Omit<RunEvaluation, 'runId' | 'step' | 'datasetName'>;
}

/**
 * @param members two or more
 * @throws WorkbenchError `ensemble.unlike` where they have not read the same images of the same data set
 *   as the same classes in the same order
 */
export function ensembleFigures(
  members: readonly EnsembleMember[],
  combination: Combination,
): EnsembleFigures {
  refuseUnlike(members);
  const evaluations = members.map(({ evaluation }) => evaluation);
  const { truths, confusion, images } = at(evaluations, 0);
  const read = evaluations.map(({ probabilities }) => {
    assert(probabilities, 'the probabilities of each image are there');
    return probabilities;
  });
  const predictions = readTogether(read, confusion.classes, combination);
  const accuracies = evaluations.map(({ accuracy }) => accuracy);
  const best = accuracies.indexOf(Math.max(...accuracies));
  const alone = rightBits(truths, at(evaluations, best).predictions);
  const gain = comparisonOf(rightBits(truths, predictions), alone, images);
  const accuracy = (gain.both + gain.onlyFirst) / images;
  const interval = accuracyInterval(accuracy, images);
  return { combination, members: members.length, images, accuracy, interval, best, gain };
}

function refuseUnlike(members: readonly EnsembleMember[]): void {
  const first = at(members, 0);
  for (const other of members) {
    const problem = differenceOf(first, other);
    if (!problem) continue;
    throw new WorkbenchError('ensemble.unlike', {
      ...{ first: first.name, second: other.name, problem },
    });
  }
}

/** Why a mean of their probabilities would be none, if it would. */
function differenceOf(first: EnsembleMember, second: EnsembleMember): Phrase | undefined {
  const [one, other] = [first.evaluation, second.evaluation];
  const [classes, otherClasses] = [one.confusion.classes, other.confusion.classes];
  if (classes !== otherClasses) {
    return { code: 'ensemble.classes', params: { first: classes, second: otherClasses } };
  }
  if (one.datasetId !== other.datasetId || one.images !== other.images) {
    return { code: 'ensemble.images' };
  }
  // Names that only one of them has tell of no order: many files have none but numbers.
  const placeOf = placesOf(first.classNames);
  const isMoved = second.classNames.some((name, place) => {
    const there = placeOf.get(name);
    return there !== undefined && there !== place;
  });
  const isSameTruth = one.truths.every((truth, i) => truth === other.truths[i]);
  return isMoved || !isSameTruth ? { code: 'ensemble.order' } : undefined;
}
