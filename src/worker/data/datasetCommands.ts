import { checkedClassNames } from '../../domain/data/classNames.ts';
import { type DatasetSummary, pixelBytes } from '../../domain/data/dataset.ts';
import { assumptionSentence, isQuestion } from '../../domain/data/datasetAssumption.ts';
import { identityOf, isSetOf, MNIST_ID } from '../../domain/data/datasetIdentity.ts';
import { type DatasetStatistics, datasetStatistics } from '../../domain/data/datasetStatistics.ts';
import {
  MOST_THUMBNAILS,
  pickImages,
  type ThumbnailKind,
} from '../../domain/data/datasetThumbnails.ts';
import { addressesOf, knownDatasets, MOST_FILES } from '../../domain/data/knownDatasets.ts';
import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import { deviceMemoryGiB } from '../../domain/machine/deviceRoom.ts';
import { isResting } from '../../protocol/phases.ts';
import type { DatasetUpload, StartOptions } from '../../protocol/protocol.ts';
import { yieldToMessages } from '../../training/yieldToMessages.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { inSteps } from '../../util/steps.ts';
import { together } from '../../util/together.ts';
import { errorEvent } from '../calls/failures.ts';
import { reasonToPassOverSet } from '../runs/openingAtStart.ts';
import type { Workspace } from '../workspace.ts';
import { dividedFor } from './datasetShelf.ts';

/** Brings data sets in, keeps them, and says what is in them. */
export class DatasetCommands {
  /** What was read last, to be read again with other choices. */
  private atHand: { readonly source: string; readonly brought: Brought } | undefined;

  constructor(private readonly workspace: Workspace) {}

  async import(
    uploads: readonly DatasetUpload[],
    choices?: ReadingChoices,
  ): Promise<DatasetSummary> {
    const source = sourceWords(uploads.map(({ name }) => name));
    return this.take(source, async () => ({ uploads }), choices);
  }

  /** What was read wrongly is not kept beside what takes its place, unless a run knows it. */
  async reread(choices: ReadingChoices): Promise<DatasetSummary> {
    const { workspace, atHand } = this;
    const before = workspace.shelf.required.summary;
    if (!atHand || before.choices === undefined) throw new WorkbenchError('dataset.notAtHand');
    const summary = await this.take(atHand.source, async () => atHand.brought, choices);
    if (summary.id !== before.id && !(await this.isOfRun(before.id))) {
      await workspace.keeper.datasets.forget(before.id);
    }
    return summary;
  }

  private async isOfRun(id: string): Promise<boolean> {
    const { keeper, runIfAny } = this.workspace;
    if (runIfAny?.record.datasetId === id) return true;
    return (await keeper.list()).some(({ datasetId }) => datasetId === id);
  }

  /** @param address the name of a known data set, or an address that the user typed */
  async fetch(address: string): Promise<DatasetSummary> {
    const urls = addressesOf(address.trim());
    if (!urls) {
      // Nobody's password is shown.
      const shown = address.replace(/\/\/[^/@\s]*@/g, '//…@');
      if (shown !== address) throw new WorkbenchError('dataset.addressSecret', { address: shown });
      throw new WorkbenchError('dataset.address', { address, most: MOST_FILES });
    }
    const { emit } = this.workspace;
    const known = knownDatasets.find(({ name }) => name === address.trim());
    return this.take(known?.name ?? sourceWords(urls), async (signal) => {
      let loadedBytes = 0;
      const onBytes = (bytes: number) => {
        loadedBytes += bytes;
        const totalBytes = Math.max(loadedBytes, 1e6 * (known?.megabytes ?? 0));
        emit({ type: 'datasetProgress', loadedBytes, totalBytes });
      };
      onBytes(0);
      const { fetchAddress } = await import('./fetchAddress.ts');
      const uploads = await together(
        signal,
        urls.map((url) => (own: AbortSignal) => fetchAddress(url, onBytes, own)),
      );
      return { uploads, ...(known && { known }) };
    });
  }

  cancel(): void {
    this.workspace.cancelDataset();
  }

  async open(id: string): Promise<DatasetSummary> {
    const { workspace } = this;
    return workspace.loading(() => workspace.openKeptDataset(id));
  }

  /**
   * What the page had that another worker begins for; else what was in use when the page was left, unless
   * its start is to be safe. Where it cannot be read that is told, and nothing else.
   */
  async openLast(options: StartOptions): Promise<void> {
    const { emit, keeper } = this.workspace;
    const { datasetId, safe } = options;
    const wanted = async () => {
      if (datasetId !== undefined) return keeper.datasets.find(datasetId);
      return safe ? undefined : keeper.datasets.usedLast();
    };
    const kept = await wanted().catch(() => undefined);
    if (!kept) {
      if (datasetId === MNIST_ID) await this.loadMnistOrTell();
      return;
    }
    const reason = reasonToPassOverSet(kept, options, deviceMemoryGiB());
    if (reason) emit({ ...errorEvent(reason), kind: 'warning' });
    else await this.openOrTell(kept.id);
  }

  /**
   * The set that the run was trained on, unless it is in use already or gone: the kept one, or MNIST where
   * another one is in use.
   */
  async openOfRun(): Promise<void> {
    const { workspace } = this;
    const { shelf, runIfAny, keeper } = workspace;
    const id = runIfAny?.record.datasetId;
    if (id === undefined || id === shelf.current?.summary.id) return;
    const kept = await keeper.datasets.find(id).catch(() => undefined);
    if (kept) await this.openOrTell(kept.id);
    else if (id === MNIST_ID && shelf.current) await this.loadMnistOrTell();
  }

  private async loadMnistOrTell(): Promise<void> {
    const { workspace } = this;
    await workspace
      .loading(() => workspace.loadMnist())
      .catch((error: unknown) => workspace.emit(errorEvent(error)));
  }

  private async openOrTell(id: string): Promise<void> {
    await this.open(id).catch((error: unknown) => this.workspace.emit(errorEvent(error)));
  }

  async delete(id: string): Promise<void> {
    await this.workspace.keeper.datasets.hide(id);
  }

  async restore(id: string): Promise<void> {
    await this.workspace.keeper.datasets.restore(id);
  }

  /** The run that was trained on the set takes the names too. */
  async nameClasses(names: readonly string[]): Promise<DatasetSummary> {
    const { workspace } = this;
    const { shelf, keeper } = workspace;
    return workspace.loading(async () => {
      const before = shelf.required.summary;
      const classNames = checkedClassNames(names, before.classNames.length);
      await keeper.datasets.nameClasses(before.id, classNames);
      const { summary } = shelf.nameClasses(classNames);
      workspace.emit({ type: 'dataset', summary });
      const run = workspace.runIfAny;
      const isOfSet = run && isSetOf(run.record, before);
      if (isOfSet && run.record.classNames.length === classNames.length) {
        run.update({ classNames });
        await keeper.amend(run);
        workspace.emit(run.news());
      }
      return summary;
    });
  }

  /** Of the next runs; a run that there is keeps its own division. */
  async divide(validationCount: number): Promise<DatasetSummary> {
    const { workspace } = this;
    const { shelf, keeper } = workspace;
    const { dataset, summary } = shelf.required;
    const most = dataset.train.count - 1;
    if (validationCount > most) {
      const { name } = dataset;
      throw new WorkbenchError('dataset.split', { dataset: name, given: validationCount, most });
    }
    await keeper.datasets.divide(summary.id, validationCount);
    shelf.divide(validationCount);
    return workspace.showDataset();
  }

  /** Nothing while anything else is done, or where something begins meanwhile: it would have to wait. */
  async statistics(): Promise<DatasetStatistics | undefined> {
    const { workspace } = this;
    const dataset = workspace.shelf.current?.dataset;
    const isInUse = () => workspace.shelf.current?.dataset.train === dataset?.train;
    const isFree = () => isResting(workspace.phase) && isInUse();
    if (!dataset || !isFree()) return undefined;
    const overtaken = new Error('something else is done');
    try {
      return await inSteps(datasetStatistics(dataset), async () => {
        await yieldToMessages();
        if (!isFree()) throw overtaken;
      });
    } catch (error) {
      if (error === overtaken) return undefined;
      throw error;
    }
  }

  /**
   * The first images of a class; of a set without labels its first images, whatever the class. Which of
   * them validate the current run says, where it was trained on the set.
   */
  thumbnails(className: string, count: number, kind: ThumbnailKind = 'any'): Uint8Array {
    const { shelf, runIfAny } = this.workspace;
    const loaded = shelf.required;
    const { dataset, validation } = runIfAny ? dividedFor(runIfAny.record, loaded) : loaded;
    const most = Math.min(count, MOST_THUMBNAILS);
    const first = kind === 'validation' ? validation : undefined;
    const { pixels, indices } = pickImages(dataset, className, most, first);
    const bytes = pixelBytes(dataset.train.shape, 1);
    const chosen = new Uint8Array(indices.length * bytes);
    for (const [i, index] of indices.entries()) {
      chosen.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes);
    }
    return chosen;
  }

  /** Reads files into the data set in use, and keeps it. Until it is read the one before stays. */
  private async take(
    source: string,
    bring: (signal: AbortSignal) => Promise<Brought>,
    choices: ReadingChoices = {},
  ): Promise<DatasetSummary> {
    const { workspace } = this;
    return workspace.loading(async () => {
      const dataset = await workspace.bringingDataset(async (signal) => {
        const brought = await bring(signal);
        const { uploads, known } = brought;
        // The readers of files arrive when there is a file.
        const { readDataset } = await import('../../formats/dataset/readDataset.ts');
        const read = await readDataset(uploads, {
          choices,
          onProgress: (loadedBytes, totalBytes) =>
            workspace.emit({ type: 'datasetProgress', loadedBytes, totalBytes }),
          signal,
        });
        signal.throwIfAborted();
        this.atHand = { source, brought };
        if (!known) return read;
        const { classNames = read.classNames, name } = known;
        return { ...read, name, classNames };
      });
      const identity = await identityOf(dataset);
      workspace.shelf.noteChoices(identity.id, choices);
      workspace.shelf.put(dataset, identity.id);
      workspace.showDataset();
      for (const assumption of (dataset.assumptions ?? []).filter(isQuestion)) {
        const { code, params } = assumptionSentence(assumption);
        workspace.emit({ ...errorEvent(new WorkbenchError(code, params)), kind: 'warning' });
      }
      return workspace.keepDataset(dataset, identity, source);
    });
  }
}

interface Brought {
  readonly uploads: readonly DatasetUpload[];
  readonly known?: { readonly name: string; readonly classNames?: readonly string[] };
}

/** As many as one reads at a glance. */
const MOST_NAMED = 4;

function sourceWords(names: readonly string[]): string {
  const words = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${words} … (${names.length})` : words;
}
