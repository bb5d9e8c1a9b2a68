import { isSetOf, MNIST_ID } from '../domain/data/datasetIdentity.ts';
import type { WorkbenchState } from './state.ts';

/** Whether the data set that the run was trained on can be brought into use without asking for it. */
export function canBringDatasetOfRun({ run, datasets }: WorkbenchState): boolean {
  const id = run?.record.datasetId;
  return id === MNIST_ID || datasets.some((kept) => kept.id === id);
}

/** Whether the run can be gone on with and evaluated: its data set is in use, or can be brought. */
export function hasDatasetOfRun(state: WorkbenchState): boolean {
  const { run, dataset } = state;
  // Of an imported model nobody knows its set: the one in use is taken.
  if (run?.record.datasetId === undefined) return true;
  const isInUse = dataset.status === 'ready' && isSetOf(run.record, dataset.summary);
  return isInUse || canBringDatasetOfRun(state);
}
