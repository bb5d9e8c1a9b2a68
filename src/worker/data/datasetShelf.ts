import type { Dataset, DatasetSummary } from '../../domain/data/dataset.ts';
import { identityOf, isSetOf } from '../../domain/data/datasetIdentity.ts';
import { countClasses } from '../../domain/data/datasetStatistics.ts';
import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import { defaultValidationCount, splitTraining } from '../../domain/data/split.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { downloadMnist } from './downloadMnist.ts';

/** The same for every run, so that no run is ever trained on another's validation images. */
const SPLIT_SEED = 1;

export interface LoadedDataset {
  readonly dataset: Dataset;
  /** Indices into `dataset.train`. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly summary: DatasetSummary;
}

/** Holds the one data set in memory. A set that is refused leaves the one before in place. */
export class DatasetShelf {
  private loaded: LoadedDataset | undefined;
  /** How the files of which set were read, the last that were. */
  private read: { readonly id: string; readonly choices: ReadingChoices } | undefined;

  get current(): LoadedDataset | undefined {
    return this.loaded;
  }

  get required(): LoadedDataset {
    if (!this.loaded) throw new WorkbenchError('dataset.missing');
    return this.loaded;
  }

  async loadMnist(
    siteUrl: string,
    onProgress: (loadedBytes: number, totalBytes: number) => void,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<LoadedDataset> {
    // What reads them comes beside them.
    const [files, { readIdxDataset }] = await Promise.all([
      downloadMnist(siteUrl, onProgress, signal),
      import('../../formats/arrays/idxDataset.ts'),
    ]);
    const dataset = { ...readIdxDataset(files), name: 'MNIST' };
    return this.put(dataset, (await identityOf(dataset)).id);
  }

  /**
   * @param id which set this is: `identityOf`
   * @param validationCount how many of the training images validate, if not as many as usual
   */
  put(
    dataset: Dataset,
    id: string,
    validationCount = defaultValidationCount(dataset.train.count),
  ): LoadedDataset {
    const { name, classNames, train, test, unlabelled, assumptions = [] } = dataset;
    const { training, validation } = splitTraining(train.count, validationCount, SPLIT_SEED);
    this.loaded = {
      ...{ dataset, training, validation },
      summary: {
        ...{ id, name, classNames, assumptions },
        shape: train.shape,
        trainCount: training.length,
        validationCount: validation.length,
        testCount: test.count,
        unlabelledCount: unlabelled?.count ?? 0,
        trainClassCounts: countClasses(train.labels, classNames.length),
        ...(this.read?.id === id && { choices: this.read.choices }),
      },
    };
    return this.loaded;
  }

  /** The files of this set are at hand, and were read in this way. */
  noteChoices(id: string, choices: ReadingChoices): void {
    this.read = { id, choices };
  }

  /** Takes over what the user said of the set in memory when it was kept. */
  noteKept({ id, classNames, validationCount }: KeptDataset): LoadedDataset {
    return this.put({ ...this.required.dataset, classNames }, id, validationCount);
  }

  /** Has this many of the training images validate. */
  divide(validationCount: number): LoadedDataset {
    const { dataset, summary } = this.required;
    return this.put(dataset, summary.id, validationCount);
  }

  nameClasses(classNames: readonly string[]): LoadedDataset {
    const { summary, dataset, ...rest } = this.required;
    this.loaded = {
      ...rest,
      dataset: { ...dataset, classNames },
      summary: { ...summary, classNames },
    };
    return this.loaded;
  }
}

/** The same set, if there is anything in it to learn from. */
export function trainable(loaded: LoadedDataset): LoadedDataset {
  if (loaded.training.length > 0) return loaded;
  throw new WorkbenchError('dataset.noTraining', { dataset: loaded.summary.name });
}

/**
 * The same set, divided as it was when the run began: so it never validates on what it has learnt from,
 * however the set was divided since. Another set than the run's is left as it is.
 */
export function dividedFor(run: RunRecord, loaded: LoadedDataset): LoadedDataset {
  const { summary, dataset } = loaded;
  if (!isSetOf(run, summary)) return loaded;
  const { count } = dataset.train;
  const trainingCount = run.scalingImages ?? count - defaultValidationCount(count);
  return trainingCount > count ? loaded : withTraining(loaded, trainingCount);
}

/** The same set, with so many images to train on, if a number is named; the others validate. */
export function trainedOn(loaded: LoadedDataset, trainingImages: number | undefined) {
  if (trainingImages === undefined) return loaded;
  const { name, train } = loaded.dataset;
  if (trainingImages < train.count) return withTraining(loaded, trainingImages);
  throw new WorkbenchError('dataset.division', {
    ...{ dataset: name, given: trainingImages, most: train.count - 1 },
  });
}

function withTraining(loaded: LoadedDataset, trainingImages: number): LoadedDataset {
  if (trainingImages === loaded.training.length) return loaded;
  const { count } = loaded.dataset.train;
  return { ...loaded, ...splitTraining(count, count - trainingImages, SPLIT_SEED) };
}
