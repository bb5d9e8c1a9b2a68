import { canStart } from '../../../app/canStart.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { choiceFor, type ReadingChoices } from '../../../domain/data/readingChoices.ts';

/** Whether another data set may be read now. */
export const canLoadDataset = canStart('importDataset');

export interface ClassBar {
  readonly name: string;
  readonly count: number;
  /** Height against the most frequent class, 0 to 1. */
  readonly share: number;
}

export function classBalance({ classNames, trainClassCounts }: DatasetSummary): ClassBar[] {
  const most = Math.max(1, ...trainClassCounts);
  return trainClassCounts.map((count, index) => ({
    name: classNames[index] ?? String(index),
    count,
    share: count / most,
  }));
}

/** Share of the bytes that are there, 0 to 1. */
export function loadedShare(loadedBytes: number, totalBytes: number): number {
  return totalBytes > 0 ? Math.min(1, loadedBytes / totalBytes) : 0;
}

export type ChoiceName = Exclude<keyof ReadingChoices, 'language'>;

/** What may be decided otherwise of a set: what was assumed, and what could be wrong without a word. */
export function choicesOf({
  assumptions = [],
  trainCount,
  testCount,
}: DatasetSummary): ChoiceName[] {
  const assumed = assumptions.flatMap(({ kind }) => choiceFor[kind] ?? []);
  const always: ChoiceName[] =
    trainCount + testCount > 0 ? ['orientation', 'roles'] : ['orientation'];
  return [...new Set([...assumed, ...always])];
}
