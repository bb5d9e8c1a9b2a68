import type { TrainingSet } from '../../domain/data/trainingSet.ts';
import type { LabelledDrawing } from '../../domain/drawing/drawings.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { lookOfRun } from '../runs/lookOfRun.ts';
import { dividedFor, type LoadedDataset } from './datasetShelf.ts';

/**
 * What a run is trained on, by what its record says: its data set, divided as it was when the run began,
 * and the drawings that are mixed with it.
 *
 * @param drawings all that are kept; throws `drawings.gone` where some of the run's are not among them
 */
export async function trainingSetOf(
  record: RunRecord,
  loaded: LoadedDataset,
  drawings: readonly LabelledDrawing[],
): Promise<TrainingSet> {
  const { dataset, summary, training, validation } = dividedFor(record, loaded);
  if (training.length === 0) {
    throw new WorkbenchError('dataset.noTraining', { dataset: summary.name });
  }
  const key = `${summary.id} ${training.length}`;
  const { mixedWith, architecture, classNames, recipe } = record;
  if (!mixedWith) return { key, images: dataset.train, training, validation };
  const ids = new Set(mixedWith);
  const chosen = drawings.filter(({ id }) => ids.has(id));
  const missing = ids.size - chosen.length;
  if (missing > 0) throw new WorkbenchError('drawings.gone', { run: record.name, missing });
  const { drawnImages, mixedImages } = await import('../../domain/drawing/personalTestSet.ts');
  const drawn = drawnImages(chosen, architecture.input, classNames, lookOfRun(record));
  const split = { training, validation };
  const { images, ...mixed } = mixedImages(drawn, dataset.train, split, recipe.seed);
  return { key: `${key} ${mixedWith.join(' ')}`, images, ...mixed };
}
