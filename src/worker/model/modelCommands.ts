import { sizeOf } from '../../domain/architecture/shapes.ts';
import { type FixedView, plainView } from '../../domain/augment/fixedView.ts';
import type { AugmentationPreview } from '../../domain/augment/preview.ts';
import {
  type RobustnessReport,
  type RobustnessTest,
  robustnessRows,
  robustnessTests,
} from '../../domain/augment/robustness.ts';
import { viewsOf } from '../../domain/augment/views.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { keptEvaluation } from '../../domain/metrics/keptEvaluation.ts';
import type { Evaluation, RunEvaluation } from '../../domain/metrics/metrics.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import type { RunRecord, RunSummary } from '../../domain/runs/run.ts';
import type { WeightsFormat } from '../../domain/runs/weightsFormat.ts';
import { fetchKernels } from '../../engine/wasm/fetchKernels.ts';
import { fileBytes } from '../../formats/files/fileBytes.ts';
import { isResting } from '../../protocol/phases.ts';
import type {
  CharacterReading,
  DatasetChoice,
  EvaluateOptions,
  ExportedFile,
  Picture,
  Prediction,
} from '../../protocol/protocol.ts';
import { summaryOf } from '../../storage/runSummary.ts';
import {
  classProbabilities,
  type EvaluationOptions,
  evaluate,
  largest,
} from '../../training/evaluate.ts';
import type { Network } from '../../training/network.ts';
import { previewAugmentation } from '../../training/previewAugmentation.ts';
import { READING_BATCH } from '../../training/reader.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { errorEvent } from '../calls/failures.ts';
import { conformedImages } from '../data/conformedImages.ts';
import type { LoadedDataset } from '../data/datasetShelf.ts';
import { CurrentRun } from '../runs/currentRun.ts';
import type { Workspace } from '../workspace.ts';
import { importedRecord, portableModel, scaledInput } from './modelExchange.ts';

/** Which images are read: of a split the first so many, if a number is named. */
interface What {
  readonly split: Evaluation['split'];
  readonly images?: number | undefined;
  readonly dataset: DatasetChoice['dataset'] | undefined;
}

/** What is done with a trained model: test it, read pictures with it, take it away, bring one in. */
export class ModelCommands {
  private evaluation: AbortController | undefined;

  constructor(private readonly workspace: Workspace) {}

  /** What is not the plain test set is for whoever asked, and no result of the run. */
  async evaluate(options: EvaluateOptions = {}): Promise<RunEvaluation> {
    const { split = 'test', tta, probabilities = false, view, images, dataset } = options;
    const { workspace } = this;
    const { mirror } = workspace.run.recipe;
    const isPlain = split === 'test' && !view && images === undefined;
    return this.evaluating({ split, images, dataset }, async (read, file) => {
      const evaluation = await read({
        ...(view && { view }),
        probabilities,
        ...(tta && { averagedOver: viewsOf(file.shape, mirror) }),
        onProgress: (done, total) => {
          if (isPlain) workspace.emit({ type: 'evaluationProgress', done, total });
        },
      });
      if (!isPlain) return evaluation;
      await this.note(evaluation, file);
      const { probabilities: _, ...told } = evaluation;
      workspace.emit({ type: 'evaluation', evaluation: told });
      return evaluation;
    });
  }

  async robustness({ dataset }: DatasetChoice = {}): Promise<RobustnessReport> {
    const { workspace } = this;
    const tests = (Object.keys(robustnessTests) as RobustnessTest[]).flatMap((test) =>
      robustnessTests[test].map((view: FixedView) => ({ test, view })),
    );
    try {
      return await this.evaluating({ split: 'test', dataset }, async (read, { count }) => {
        const measured: (RunEvaluation & { test: RobustnessTest })[] = [];
        for (const [i, { test, view }] of tests.entries()) {
          const onProgress = (done: number, total: number) => {
            const progress = { done: i * total + done, total: tests.length * total };
            workspace.emit({ type: 'robustness', progress });
          };
          onProgress(0, count);
          const evaluation = await read({ ...(view !== plainView && { view }), onProgress });
          measured.push({ ...evaluation, test });
        }
        const { step, datasetName } = at(measured, 0);
        return { step, datasetName, images: count, rows: robustnessRows(measured) };
      });
    } finally {
      workspace.emit({ type: 'robustness' });
    }
  }

  /** Has images read in the evaluating phase, until it is done or cancelled. */
  private async evaluating<T>(
    { split, images: most, dataset = 'run' }: What,
    use: (
      read: (
        options: Pick<EvaluationOptions, 'view' | 'averagedOver' | 'probabilities' | 'onProgress'>,
      ) => Promise<RunEvaluation>,
      images: LabelledImages,
    ) => Promise<T>,
  ): Promise<T> {
    const { workspace } = this;
    const { network, record } = workspace.run;
    const loaded = await workspace.loading(() =>
      dataset === 'run' ? workspace.datasetOfRun('read') : workspace.datasetInUse('read'),
    );
    const { name: datasetName, id: datasetId } = loaded.summary;
    const { test, train } = loaded.dataset;
    const indices = indicesOf(split, loaded).subarray(0, most);
    if (indices.length === 0) throw emptySplit(split, loaded);
    return workspace.evaluating(async () => {
      this.evaluation = new AbortController();
      const { signal } = this.evaluation;
      try {
        const [given, part] =
          split === 'test' ? [test, 'test' as const] : [train, 'training' as const];
        const images = await conformedImages(workspace, given, loaded, part);
        const read = async (options: Partial<EvaluationOptions>) => {
          const figures = await evaluate(network, images, record.scaling, {
            ...{ split, indices, batchSize: READING_BATCH, signal },
            ...options,
          });
          return { ...figures, runId: record.id, step: record.step, datasetName, datasetId };
        };
        return await use(read, images);
      } finally {
        this.evaluation = undefined;
      }
    });
  }

  cancelEvaluation(): void {
    this.evaluation?.abort(new WorkbenchError('evaluation.cancelled'));
  }

  /** Keeps the figures and some of the mistakes with the run. */
  private async note(evaluation: RunEvaluation, images: LabelledImages): Promise<void> {
    const { run, keeper } = this.workspace;
    // Of weights that went off: Stop goes back behind them.
    if (run.doubt) return;
    const { step, accuracy, images: count, datasetName, datasetId } = evaluation;
    const test = { step, accuracy, images: count, datasetName, datasetId };
    run.update({ test });
    const { classNames } = run.record;
    await keeper
      .noteFigures(run.id, run.version, {
        ...{ test, evaluation: keptEvaluation(evaluation, images, classNames) },
      })
      .catch((error) => this.workspace.emit(errorEvent(error)));
  }

  testImages(indices: readonly number[]): Uint8Array {
    const { pixels, shape } = this.workspace.shelf.required.dataset.test;
    const bytes = sizeOf([shape.height, shape.width, shape.channels]);
    const chosen = new Uint8Array(indices.length * bytes);
    for (const [i, index] of indices.entries()) {
      chosen.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes);
    }
    return chosen;
  }

  /** Nothing while anything else is done: a preview can wait. */
  async previewAugmentation(
    recipe: Recipe,
    count: number,
  ): Promise<AugmentationPreview | undefined> {
    const { phase, shelf } = this.workspace;
    const { current } = shelf;
    if (!current || !isResting(phase)) return undefined;
    const { dataset, training } = current;
    return previewAugmentation(recipe, dataset.train, training, count);
  }

  /** All characters by one model: throws `model.replaced` where another takes its place meanwhile. */
  async predict(picture: Picture): Promise<Prediction> {
    const { network, record, look } = this.workspace.run;
    const { input } = record.architecture;
    // Training does not wait for what reads drawings.
    const { prepareDigit, preparePicture } = await import('../../domain/reading/digit.ts');
    const { parts, doubts } = preparePicture(picture, input, look);
    const size = { preparedWidth: input.width, preparedHeight: input.height };
    const read = (pixels: Uint8Array) =>
      this.workspace.asking(() => readingOf(pixels, network, record));
    const [first, ...others] = parts;
    if (!first) {
      const prepared = prepareDigit(picture, input, look).pixels;
      return { blank: true, label: -1, probabilities: [], prepared, ...size };
    }
    const row = [await read(first.pixels)];
    for (const { pixels } of others) row.push(await read(pixels));
    return {
      ...{ blank: false, ...at(row, 0), ...size },
      ...(row.length > 1 && { row }),
      ...(doubts.length > 0 && { doubts }),
    };
  }

  async exportWeights(format: WeightsFormat): Promise<ExportedFile> {
    const { network, record } = this.workspace.run;
    const weights = await this.workspace.asking(() => network.exportWeights());
    // The writers of files arrive when there is a file to write.
    const [{ exportModel }, { withSamples }] = await Promise.all([
      import('../../formats/weights/exportModel.ts'),
      import('./samples.ts'),
    ]);
    const model = await withSamples(portableModel(record, weights), () => fetchKernels('own'));
    return exportModel(model, format, () => fetchEmbed(this.workspace.siteUrl));
  }

  /** Everything is checked before the current model is touched. */
  async importWeights(file: File, other?: File): Promise<RunSummary> {
    const { refuseLargeFile } = await import('../../formats/weights/weightsFile.ts');
    refuseLargeFile(file.name, file.size + (other?.size ?? 0));
    const { workspace } = this;
    const stopWriting = await workspace.keeper.startWriting();
    const importing = workspace.loading(async () => {
      const [{ importModel }, { refuseOtherLogits }] = await Promise.all([
        import('../../formats/weights/importModel.ts'),
        import('./samples.ts'),
      ]);
      const model = await importModel(file.name, await bytesOf(file, other));
      await refuseOtherLogits(file.name, model, () => fetchKernels('own'));
      const record = importedRecord(model, workspace.engine.name);
      const run = CurrentRun.from(record, model.tensors);
      await workspace.keeper.save(run);
      workspace.replaceRun(run);
      return summaryOf(record);
    });
    return importing.finally(stopWriting);
  }
}

/** Fifty kilobytes: whoever gets them no sooner gets them never. */
const MOST_EMBED_MS = 60_000;

/** What the build has made for pages of one's own. */
async function fetchEmbed(site: string): Promise<Uint8Array> {
  const address = new URL('embed.zip', site);
  const response = await fetch(address, { signal: AbortSignal.timeout(MOST_EMBED_MS) });
  if (!response.ok) throw new WorkbenchError('export.embed', { status: response.status });
  return new Uint8Array(await response.arrayBuffer());
}

async function readingOf(
  prepared: Uint8Array,
  network: Network,
  record: RunRecord,
): Promise<CharacterReading> {
  const probabilities = await classProbabilities(network, scaledInput(prepared, record));
  return { label: largest(probabilities), probabilities, prepared };
}

/** Of one file, or of the two that TensorFlow.js makes of a model, in whatever order they come. */
async function bytesOf(file: File, other: File | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await fileBytes(file.name, file);
  if (!other) return bytes;
  const { packTfjsModel } = await import('../../formats/weights/tfjsModel.ts');
  const otherBytes = await fileBytes(other.name, other);
  return /[.]json$/i.test(other.name)
    ? packTfjsModel(otherBytes, bytes)
    : packTfjsModel(bytes, otherBytes);
}

/** Of the training images as many are read as validate: where none do, that is why there are none. */
function emptySplit(
  split: Evaluation['split'],
  { summary, training }: LoadedDataset,
): WorkbenchError {
  if (split === 'test') return new WorkbenchError('dataset.noTest');
  const hasTraining = split === 'validation' || training.length > 0;
  const code = hasTraining ? 'dataset.noValidation' : 'dataset.noTrainingSplit';
  return new WorkbenchError(code, { dataset: summary.name });
}

/** Which images of its file a split has. */
function indicesOf(
  split: Evaluation['split'],
  { dataset, training, validation }: LoadedDataset,
): Uint32Array {
  switch (split) {
    case 'test':
      return Uint32Array.from({ length: dataset.test.count }, (_, i) => i);
    case 'validation':
      return validation;
    case 'training':
      return training.subarray(0, validation.length);
  }
}
