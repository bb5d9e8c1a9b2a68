import { isResting } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import { robustnessTests } from '../../../domain/augment/robustness.ts';
import { viewsOf } from '../../../domain/augment/views.ts';
import { isSetOf } from '../../../domain/data/datasetIdentity.ts';
import { totalsOf } from '../../../domain/metrics/confusion.ts';
import {
  type Evaluation,
  mistakesFirst,
  type RunEvaluation,
} from '../../../domain/metrics/metrics.ts';
import { at } from '../../../util/assert.ts';

/** Why the network cannot be tested now. */
export type Obstacle =
  | 'noModel'
  | Exclude<WorkbenchState['phase'], 'idle' | 'paused' | 'evaluating'>;

export function obstacleTo({ phase, run }: WorkbenchState): Obstacle | undefined {
  if (!isResting(phase) && phase !== 'evaluating') return phase;
  return run ? undefined : 'noModel';
}

/** A cell of the confusion matrix. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

/** Names of the classes: the model's own, as many as the matrix has. */
export function classNamesOf(
  classNames: readonly string[],
  { confusion }: Pick<Evaluation, 'confusion'>,
): readonly string[] {
  const { classes } = confusion;
  if (classNames.length === classes) return classNames;
  return Array.from({ length: classes }, (_, index) => classNames[index] ?? String(index));
}

export interface ClassResult {
  readonly name: string;
  /** 0 to 1; undefined where the class has no images. */
  readonly accuracy: number | undefined;
  readonly wrong: number;
}

export function classResults(
  { confusion }: Pick<Evaluation, 'confusion'>,
  names: readonly string[],
): ClassResult[] {
  const { images, right } = totalsOf(confusion);
  return names.map((name, label) => {
    const [all, found] = [at(images, label), at(right, label)];
    return { name, accuracy: all === 0 ? undefined : found / all, wrong: all - found };
  });
}

/** Test images in the order to look at them, of one cell or of all. */
export function imagesToShow(evaluation: Evaluation, cell: Cell | undefined): number[] {
  const ordered = mistakesFirst(evaluation);
  if (!cell) return ordered;
  const { truths, predictions } = evaluation;
  return ordered.filter((i) => truths[i] === cell.truth && predictions[i] === cell.predicted);
}

/** Whether the test images in memory are the ones that were evaluated. */
export function imagesAreThere(
  { dataset }: WorkbenchState,
  { datasetId }: Pick<RunEvaluation, 'datasetId'>,
): boolean {
  return dataset.status === 'ready' && dataset.summary.id === datasetId;
}

/** The data set in use, where it is another than the one that the run was trained on. */
export function otherDataset({ dataset, run }: WorkbenchState): string | undefined {
  if (!run || dataset.status !== 'ready') return undefined;
  const { summary } = dataset;
  return isSetOf(run.record, summary) === false ? summary.name : undefined;
}

/** Over what the network in memory can be averaged: a digit that is moved, or crops of a photograph. */
export function averagingOf({ run }: WorkbenchState): 'shifts' | 'crops' | undefined {
  return run && (run.record.architecture.input.channels === 1 ? 'shifts' : 'crops');
}

/** How many views of each image are averaged, itself among them. */
export function viewCount({ run }: WorkbenchState): number {
  if (!run) return 0;
  const { architecture, recipe } = run.record;
  return viewsOf(architecture.input, recipe.mirror).length;
}

/** How often the tests of robustness read the test images. */
export const robustnessReadings = Object.values(robustnessTests).flat().length;

/** Degrees, share and pixels of the tests of robustness. */
export const robustnessSizes = {
  degrees: robustnessTests.rotated[0].rotate,
  share: robustnessTests.scaled[0].scale,
  pixels: Math.max(...robustnessTests.shifted.map(({ shift: [right] }) => right)),
};
