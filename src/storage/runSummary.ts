import type { RunRecord, RunSummary } from '../domain/run.ts';
import type { RunNote } from './database.ts';

/** A run's record with what was noted of the run since it was written. */
export function withNote(record: RunRecord, note: RunNote | undefined): RunRecord {
  if (!note) return record;
  const { name, testAccuracy, drawnScore } = note;
  return {
    ...{ ...record, name },
    ...(testAccuracy === undefined ? {} : { testAccuracy }),
    ...(drawnScore === undefined ? {} : { drawnScore }),
  };
}

/** What lists show of a run. */
export function summaryOf(record: RunRecord, storedBytes: number): RunSummary {
  const { id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step } = record;
  const validationAccuracy = record.history.validation.at(-1)?.accuracy;
  return {
    ...{ id, name, status, createdAt, updatedAt, recipe, datasetName, engine, step, storedBytes },
    ...(validationAccuracy === undefined ? {} : { validationAccuracy }),
    ...(record.testAccuracy === undefined ? {} : { testAccuracy: record.testAccuracy }),
    ...(record.drawnScore === undefined ? {} : { drawnScore: record.drawnScore }),
    ...(record.best === undefined ? {} : { best: record.best }),
    ...(record.experiment === undefined ? {} : { experiment: record.experiment }),
  };
}
