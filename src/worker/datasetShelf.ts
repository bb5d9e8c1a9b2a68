import type { Dataset, DatasetSummary } from '../domain/dataset.ts';
import { defaultValidationCount, splitTraining } from '../domain/split.ts';
import { readIdxDataset } from '../formats/idxDataset.ts';
import { WorkbenchError } from '../util/errors.ts';
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
  ): Promise<LoadedDataset> {
    const files = await downloadMnist(siteUrl, onProgress);
    return this.put({ ...readIdxDataset(files), name: 'MNIST' });
  }

  async importFiles(files: readonly File[]): Promise<LoadedDataset> {
    const named = await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
    return this.put(readIdxDataset(named));
  }

  private put(dataset: Dataset): LoadedDataset {
    const { count } = dataset.train;
    const { training, validation } = splitTraining(
      count,
      defaultValidationCount(count),
      SPLIT_SEED,
    );
    const trainClassCounts = dataset.classNames.map(() => 0);
    for (const label of dataset.train.labels) {
      trainClassCounts[label] = (trainClassCounts[label] ?? 0) + 1;
    }
    this.loaded = {
      ...{ dataset, training, validation },
      summary: {
        name: dataset.name,
        classNames: dataset.classNames,
        shape: dataset.train.shape,
        trainCount: training.length,
        validationCount: validation.length,
        testCount: dataset.test.count,
        trainClassCounts,
      },
    };
    return this.loaded;
  }
}
