import type { ExportedArchive, PredictionsKind } from '../../protocol/protocol.ts';
import { predictImages } from '../../training/predictImages.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { conformedImages } from '../data/conformedImages.ts';
import type { Workspace } from '../workspace.ts';

/** Reads whole sets of images and gives what was read as a file. */
export class PredictionCommands {
  private predicting: AbortController | undefined;

  constructor(private readonly workspace: Workspace) {}

  /** Of the images without labels, or of the test images where all have one. */
  async export(kind: PredictionsKind): Promise<ExportedArchive> {
    const { workspace } = this;
    const { network, record } = workspace.run;
    const loaded = await workspace.loading(() => workspace.datasetInUse('read'));
    const { unlabelled, test } = loaded.dataset;
    if ((unlabelled ?? test).count === 0) throw new WorkbenchError('dataset.nothingToPredict');
    return workspace.evaluating(async () => {
      this.predicting = new AbortController();
      const { signal } = this.predicting;
      try {
        const onProgress = (done: number, total: number) =>
          workspace.emit({ type: 'predictions', progress: { done, total } });
        onProgress(0, (unlabelled ?? test).count);
        const images = unlabelled
          ? await conformedImages(workspace, unlabelled, loaded, 'unlabelled')
          : await conformedImages(workspace, test, loaded, 'test');
        const read = await predictImages(network, images, record.scaling, { onProgress, signal });
        const predictions = { classNames: record.classNames, ids: images.ids, ...read };
        const { probabilitiesCsv, submissionCsv } = await import(
          '../../formats/tables/predictionsCsv.ts'
        );
        const isShort = kind === 'submission';
        const parts = isShort ? submissionCsv(predictions) : probabilitiesCsv(predictions);
        return { name: `${kind}.csv`, blob: new Blob(parts, { type: 'text/csv' }) };
      } finally {
        this.predicting = undefined;
        workspace.emit({ type: 'predictions' });
      }
    });
  }

  cancel(): void {
    this.predicting?.abort(new WorkbenchError('predictions.cancelled'));
  }
}
