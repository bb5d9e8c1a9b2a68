import * as Comlink from 'comlink';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import type { Exciting, ShownImages } from '../../domain/inside/exciting.ts';
import { MOST_EXCITING, TOP_PLACES } from '../../domain/inside/exciting.ts';
import type { Explanation, ExplanationMethod } from '../../domain/inside/explanation.ts';
import type { Picture } from '../../protocol/protocol.ts';
import type { InsideEvent } from '../../protocol/workerEvents.ts';
import { explain } from '../../training/explain.ts';
import { findExciting } from '../../training/findExciting.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { conformedImages } from '../data/conformedImages.ts';
import { dividedFor, type LoadedDataset } from '../data/datasetShelf.ts';
import { busyMsOfEvaluation } from '../training/busyTime.ts';
import type { Workspace } from '../workspace.ts';
import { layerOf } from './layerOf.ts';
import { seenPicture } from './seenPicture.ts';
import { shownImages, shownOf } from './shownImages.ts';

type Task = InsideEvent['task'];

/** Looks that take long: they tell how far they are, and can be given up. */
export class SlowLooks {
  private readonly underWay = new Map<Task, AbortController>();

  constructor(private readonly workspace: Workspace) {}

  /** How long a part of the work may take; 0 where there is none. */
  get busyMs(): number {
    const { runIfAny } = this.workspace;
    if (this.underWay.size === 0 || !runIfAny) return 0;
    return busyMsOfEvaluation(runIfAny.record.architecture);
  }

  async explain(
    picture: Picture | Uint8Array,
    label: number,
    method: ExplanationMethod,
  ): Promise<Explanation> {
    const { workspace } = this;
    const { run } = workspace;
    const { network, record, step } = run;
    const last = record.architecture.classes - 1;
    if (label > last) throw new WorkbenchError('inside.noClass', { label, last });
    const { pixels, values } = seenPicture(picture, record);
    return this.told('explain', async (options) => {
      try {
        const seen = await workspace.asking(() => explain(network, values, label, method, options));
        return Comlink.transfer({ runId: record.id, step, method, label, pixels, ...seen }, [
          seen.values.buffer,
        ]);
      } catch (error) {
        throw workspace.runIfAny === run ? error : new WorkbenchError('inside.overtaken');
      }
    });
  }

  async exciting(layer: string): Promise<Exciting> {
    const { workspace } = this;
    const { network, record, step } = workspace.run;
    const { layers } = describeNetwork(record.architecture);
    const { outputShape } = layerOf(layers, layer);
    const loaded = await workspace.loading(() => workspace.datasetOfRun('read'));
    const indices = validationOf(loaded).subarray(0, MOST_EXCITING);
    return workspace.evaluating(() =>
      this.told('exciting', async (options) => {
        const images = await conformedImages(workspace, loaded.dataset.train, loaded, 'training');
        const place = { name: layer, shape: outputShape };
        const { strongest, census } = await findExciting(
          ...([network, images, indices, record.scaling, place, TOP_PLACES, options] as const),
        );
        const { shown, imageOf } = shownOf(strongest, images, indices);
        const { units, top, values, ys, xs } = strongest;
        const given: Exciting = {
          ...{ runId: record.id, step, layer, units, top, images: indices.length },
          ...{ active: census.active, values, ys, xs, imageOf, shown },
        };
        const lists = [census.active, values, ys, xs, imageOf, ...Object.values(shown)];
        return Comlink.transfer(
          given,
          lists.map(({ buffer }) => buffer),
        );
      }),
    );
  }

  /** Of the set in use, divided as the current run has it. */
  validationImages(indices: readonly number[]): ShownImages {
    const { shelf, run } = this.workspace;
    const loaded = dividedFor(run.record, shelf.required);
    const validation = validationOf(loaded);
    const there = indices.filter((index) => index < validation.length);
    return shownImages(loaded.dataset.train, validation, there);
  }

  cancel(): void {
    for (const task of this.underWay.values()) task.abort(new WorkbenchError('inside.cancelled'));
  }

  /** What is under way of this kind gives way to what comes. */
  private async told<T>(
    task: Task,
    work: (options: {
      readonly onProgress: (done: number, total: number) => void;
      readonly signal: AbortSignal;
    }) => Promise<T>,
  ): Promise<T> {
    this.underWay.get(task)?.abort(new WorkbenchError('inside.overtaken'));
    const own = new AbortController();
    const { signal } = own;
    this.underWay.set(task, own);
    const { emit } = this.workspace;
    try {
      return await work({
        onProgress: (done, total) => {
          if (!signal.aborted) emit({ type: 'inside', task, progress: { done, total } });
        },
        signal,
      });
    } finally {
      if (this.underWay.get(task) === own) {
        this.underWay.delete(task);
        emit({ type: 'inside', task });
      }
    }
  }
}

function validationOf({ summary, validation }: LoadedDataset): Uint32Array {
  if (validation.length > 0) return validation;
  throw new WorkbenchError('dataset.noValidation', { dataset: summary.name });
}
