import type { WorkbenchState } from '../../app/state.ts';
import { defaultValidationCount, splitTraining } from '../../domain/data/split.ts';
import type { Material } from './referenceEntry.ts';
import { datasetOf, type SetName, setNames } from './sets.ts';

/** The same for every run. */
const SPLIT_SEED = 1;

/** A whole data set, divided as usual. */
export async function materialOf(set: SetName): Promise<Material> {
  const { train } = await datasetOf(set);
  const validationCount = defaultValidationCount(train.count);
  return { images: train, ...splitTraining(train.count, validationCount, SPLIT_SEED) };
}

/** The set that a tab has in use. */
export function setInUse({ dataset }: WorkbenchState): SetName | undefined {
  if (dataset.status !== 'ready') return undefined;
  return setNames.find((name) => name === dataset.summary.name);
}
