import type { ValidationPoint } from '../domain/metrics/metrics.ts';
import {
  plannedSteps,
  type RunFacts,
  type RunRecord,
  type RunSummary,
} from '../domain/runs/run.ts';
import type { RunNote } from './schema.ts';

/**
 * A run's record with what was noted of the run since it was written; but not what was noted of later
 * steps than it has, where it is an older checkpoint.
 */
export function withNote<Record extends RunFacts>(
  record: Record,
  note: RunNote | undefined,
): Record {
  if (!note) return record;
  const { name, test, drawnScore } = note;
  return {
    ...{ ...record, name },
    ...(test && test.step <= record.step && { test }),
    ...(drawnScore && drawnScore.step <= record.step && { drawnScore }),
  };
}

/** What lists show of a run in memory. */
export function summaryOf(record: RunRecord): RunSummary {
  return storedSummary(record, record.history.validation.at(-1), 0);
}

/** The same of one that is stored. */
export function storedSummary(
  record: RunFacts,
  lastValidation: ValidationPoint | undefined,
  storedBytes: number,
): RunSummary {
  const { id, name, status, createdAt, updatedAt, recipe, engine, step } = record;
  const { datasetName, datasetId, test, drawnScore, best, experiment } = record;
  const validationAccuracy = lastValidation?.accuracy;
  return {
    ...{ id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step, storedBytes },
    steps: plannedSteps(record),
    ...(datasetId === undefined ? {} : { datasetId }),
    ...(validationAccuracy === undefined ? {} : { validationAccuracy }),
    ...{ ...(test && { test }), ...(drawnScore && { drawnScore }) },
    ...{ ...(best && { best }), ...(experiment && { experiment }) },
    ...(record.architecture.id === 'imported' && { hasImportedNetwork: true as const }),
  };
}
