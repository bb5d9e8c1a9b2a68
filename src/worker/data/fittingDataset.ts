import { canConform } from '../../domain/data/canConform.ts';
import type { UnlabelledImages } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { CurrentRun } from '../runs/currentRun.ts';
import { dividedFor, type LoadedDataset } from './datasetShelf.ts';
import { inClassesOf } from './inClassesOf.ts';

/** What a set is wanted for. */
export type Use = 'train' | 'read';

/**
 * The set in the classes and the division of a run. Throws `dataset.mismatch` where its shape or its classes
 * are not the model's; what is only read fits too where it can be made to look like the training images (see
 * `conformedImages`).
 */
export function fittingDataset(
  given: LoadedDataset,
  { record, look }: Pick<CurrentRun, 'record' | 'look'>,
  use: Use,
): LoadedDataset {
  const { architecture, classNames: known } = record;
  const loaded = inClassesOf(given, known);
  const { shape, classNames } = loaded.summary;
  const sides = ({ height, width, channels }: typeof shape) => `${height}x${width}x${channels}`;
  // A few pictures of one's own may lack the last classes.
  const classesFit =
    classNames.length === architecture.classes ||
    (classNames.length < architecture.classes &&
      classNames.every((name, label) => name === known[label]));
  const shapeFits =
    sides(shape) === sides(architecture.input) ||
    (use === 'read' && canConform(someImages(loaded), look));
  if (shapeFits && classesFit) return dividedFor(record, loaded);
  throw new WorkbenchError('dataset.mismatch', {
    modelInput: sides(architecture.input),
    modelClasses: architecture.classes,
    dataInput: sides(shape),
    dataClasses: classNames.length,
  });
}

/** Those that there are: what a set looks like is told by any of its parts. */
function someImages({ dataset: { train, test, unlabelled } }: LoadedDataset): UnlabelledImages {
  if (train.count > 0) return train;
  return test.count > 0 || !unlabelled ? test : unlabelled;
}
