import { prepareDigit } from '../domain/digit.ts';
import type { Evaluation } from '../domain/metrics.ts';
import type { RunSummary } from '../domain/run.ts';
import { sizeOf } from '../domain/shapes.ts';
import type { WeightsFormat } from '../domain/weightsFormat.ts';
import { readWeights, writeWeights } from '../formats/weightsFile.ts';
import type { ExportedFile, Picture, Prediction } from '../protocol/protocol.ts';
import { summaryOf } from '../storage/runStore.ts';
import { classProbabilities, EVALUATION_BATCH, evaluate, largest } from '../training/evaluate.ts';
import { WorkbenchError } from '../util/errors.ts';
import { CurrentRun } from './currentRun.ts';
import { errorEvent } from './keeper.ts';
import { importedRecord, portableModel, scaledInput } from './modelExchange.ts';

import type { Workspace } from './workspace.ts';

/** What is done with a trained model: test it, read pictures with it, take it away, bring one in. */
export class ModelCommands {
  private evaluation: AbortController | undefined;

  constructor(private readonly workspace: Workspace) {}

  async evaluate(): Promise<Evaluation> {
    const { workspace } = this;
    const { network, record } = workspace.run;
    const { test } = (await workspace.loading(() => workspace.datasetOfRun())).dataset;
    if (test.count === 0) throw new WorkbenchError('dataset.noTest');
    workspace.act('evaluate');
    this.evaluation = new AbortController();
    try {
      const evaluation = await evaluate(network, test, record.scaling, {
        split: 'test',
        indices: Uint32Array.from({ length: test.count }, (_, i) => i),
        batchSize: EVALUATION_BATCH,
        onProgress: (done, total) => workspace.emit({ type: 'evaluationProgress', done, total }),
        signal: this.evaluation.signal,
      });
      await this.noteTestAccuracy(evaluation.accuracy);
      workspace.emit({ type: 'evaluation', evaluation });
      return evaluation;
    } finally {
      this.evaluation = undefined;
      workspace.act('evaluated');
    }
  }

  cancelEvaluation(): void {
    this.evaluation?.abort(new WorkbenchError('evaluation.cancelled'));
  }

  private async noteTestAccuracy(testAccuracy: number): Promise<void> {
    const { run, keeper } = this.workspace;
    run.update({ testAccuracy });
    await keeper
      .annotate(run.id, { testAccuracy })
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

  async predict(picture: Picture): Promise<Prediction> {
    const { network, record } = this.workspace.run;
    const { input } = record.architecture;
    const { blank, pixels } = prepareDigit(picture, input);
    const seen = { prepared: pixels, preparedWidth: input.width, preparedHeight: input.height };
    if (blank) return { blank, label: -1, probabilities: [], ...seen };
    const probabilities = await classProbabilities(network, scaledInput(pixels, record));
    return { blank, label: largest(probabilities), probabilities, ...seen };
  }

  async exportWeights(format: WeightsFormat): Promise<ExportedFile> {
    const { network, record } = this.workspace.run;
    return writeWeights(portableModel(record, await network.exportWeights()), format);
  }

  /** Everything is checked before the current model is touched. */
  async importWeights(file: File): Promise<RunSummary> {
    const { workspace } = this;
    const stopWriting = await workspace.keeper.startWriting();
    const importing = workspace.loading(async () => {
      const model = await readWeights(file.name, new Uint8Array(await file.arrayBuffer()));
      const record = importedRecord(model, workspace.engine.name);
      const run = CurrentRun.open(record, model.tensors, undefined);
      await workspace.keeper.save(run);
      workspace.replaceRun(run);
      return summaryOf(record, 0);
    });
    return importing.finally(stopWriting);
  }
}
