import type { LabelledDrawing } from '../domain/drawings.ts';
import { drawnImages, mixedImages } from '../domain/personalTestSet.ts';
import type { RunRecord } from '../domain/run.ts';
import { CurrentRun } from './currentRun.ts';
import type { LoadedDataset } from './datasetShelf.ts';
import { derivedRecord } from './derivedRecord.ts';

/** A run that goes on from another one's weights, with the images that it learns from. */
export interface FineTuning {
  readonly run: CurrentRun;
  readonly loaded: LoadedDataset;
}

/** Of a run that was fine-tuned before: the last time is what its name tells. */
const SUFFIX = /, fine-tuned on \d+ drawings?$/;

/**
 * A copy of a run that learns from drawings, mixed with as many of the training images. Its record
 * names the data set of before: should it be trained on later, then on that alone.
 */
export async function fineTuningOf(
  before: CurrentRun,
  drawings: readonly LabelledDrawing[],
  loaded: LoadedDataset,
  { steps, learningRate }: { readonly steps: number; readonly learningRate: number },
): Promise<FineTuning> {
  const { rateChanges: _, ...record } = before.record;
  const { recipe, architecture, classNames } = record;
  const { dataset } = loaded;
  const count = drawings.length;
  const drawn = drawnImages(drawings, architecture.input, classNames);
  const { images, ...split } = mixedImages(drawn, dataset.train, loaded, recipe.seed);
  const tuned: RunRecord = {
    ...derivedRecord(
      record,
      record.name.replace(SUFFIX, ''),
      `, fine-tuned on ${count} ${count === 1 ? 'drawing' : 'drawings'}`,
    ),
    tunedOn: [...new Set([...(record.tunedOn ?? []), ...drawings.map(({ id }) => id)])],
    status: 'training',
    recipe: {
      ...recipe,
      ...{ steps, learningRate, schedule: 'constant', warmup: 0, patience: 0, keepBest: 'off' },
    },
    step: 0,
    trainingMs: 0,
    history: { training: [], validation: [] },
  };
  return {
    run: CurrentRun.open(tuned, await before.network.exportWeights(), undefined),
    loaded: { ...loaded, ...split, dataset: { ...dataset, train: images } },
  };
}
