import { MNIST_ID } from '../domain/datasetIdentity.ts';
import type { WorkbenchState } from './state.ts';

/** Whether the data set that the run was trained on can be brought into use without asking for it. */
export function canBringDatasetOfRun({ run, datasets }: WorkbenchState): boolean {
  const id = run?.record.datasetId;
  return id === MNIST_ID || datasets.some((kept) => kept.id === id);
}
