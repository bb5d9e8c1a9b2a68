import * as v from 'valibot';
import { WorkbenchError } from '../../util/errors.ts';
import type { DatasetSummary } from '../data/dataset.ts';
import { isSetOf } from '../data/datasetIdentity.ts';
import { engineNames } from '../machine/engineReport.ts';
import type { RunRecord } from '../runs/run.ts';

/** On what all runs of an ablation are trained and measured: with another, their rows do not compare. */
export const AblationConditionsSchema = v.strictObject({
  /** By its content (`datasetIdentity`); the name is for people. */
  dataset: v.strictObject({ id: v.string(), name: v.string() }),
  /** The first of the training images alone; all others validate. */
  trainingImages: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Held back from training. */
  heldBack: v.pipe(v.number(), v.integer(), v.minValue(1)),
  engine: v.picklist(engineNames),
});
export type AblationConditions = v.InferOutput<typeof AblationConditionsSchema>;

/** How this set is divided for an ablation that trains on so many of its images. */
export function conditionsOn(
  summary: DatasetSummary,
  engine: AblationConditions['engine'],
  trainingImages: number,
): AblationConditions {
  const labelled = summary.trainCount + summary.validationCount;
  const most = labelled - 1;
  if (trainingImages > most) {
    throw new WorkbenchError('dataset.division', {
      ...{ dataset: summary.name, given: trainingImages, most },
    });
  }
  const dataset = { id: summary.id, name: summary.name };
  return { dataset, trainingImages, heldBack: labelled - trainingImages, engine };
}

/** Refuses to go on with an ablation on anything else than it was begun on. */
export function requireConditions(
  kept: AblationConditions,
  { id, name }: Pick<DatasetSummary, 'id' | 'name'>,
  engine: string,
): void {
  if (id !== kept.dataset.id) {
    throw new WorkbenchError('ablation.dataset', { kept: kept.dataset.name, now: name });
  }
  requireEngine(kept, engine);
}

/** Refuses a run that was trained on anything else. */
export function requireTrainedOn(kept: AblationConditions, run: RunRecord): void {
  const { datasetName, scalingImages, engine } = run;
  if (!isSetOf(run, kept.dataset)) {
    const params = { kept: kept.dataset.name, now: datasetName };
    throw new WorkbenchError('ablation.dataset', params);
  }
  if (scalingImages !== kept.trainingImages) {
    const params = { kept: kept.trainingImages, now: scalingImages ?? 0 };
    throw new WorkbenchError('ablation.division', params);
  }
  requireEngine(kept, engine);
}

function requireEngine(kept: AblationConditions, engine: string): void {
  if (kept.engine === engine) return;
  throw new WorkbenchError('ablation.engine', { kept: kept.engine, now: engine });
}
