import type { Dataset, LabelledImages } from '../../src/domain/data/dataset.ts';
import { identityOf } from '../../src/domain/data/datasetIdentity.ts';
import type { LabelledDrawing } from '../../src/domain/drawing/drawings.ts';
import { asDrawing, thumbnailOf } from '../../src/domain/drawing/personalTestSet.ts';
import { Curve } from '../../src/domain/metrics/curve.ts';
import { curvesOf } from '../../src/domain/metrics/history.ts';
import type { KeptEvaluation } from '../../src/domain/metrics/keptEvaluation.ts';
import type { TrainingPoint, ValidationPoint } from '../../src/domain/metrics/metrics.ts';
import type { RunRecord } from '../../src/domain/runs/run.ts';
import { Connection } from '../../src/storage/connection.ts';
import { DatasetStore } from '../../src/storage/datasetStore.ts';
import { DrawingStore } from '../../src/storage/drawingStore.ts';
import { RunStore } from '../../src/storage/runStore.ts';
import { notStored } from '../../src/storage/version.ts';
import { assert, at } from '../../src/util/assert.ts';

/** Records of a long use, written by the app's own storage where the app finds them. */
export interface Filling {
  /** Runs that are no more than steps: copies of the one that was used last, under these ids. */
  readonly runs: readonly { readonly id: string; readonly steps: number }[];
  readonly drawings: number;
  readonly sets: number;
}

declare global {
  interface Window {
    fill(filling: Filling): Promise<void>;
  }
}

const SIDE = 28;
const BRIGHTEST = 255;
/** Small ones: what is listed of a set is as long, however many images it has. */
const IMAGES_OF_SET = 20;
const MISTAKES = 24;
/** Between two validations. */
const INTERVAL = 250;

window.fill = async ({ runs, drawings, sets }) => {
  const connection = await Connection.open();
  try {
    if (runs.length > 0) await addRuns(new RunStore(connection), runs);
    const drawn = Array.from({ length: drawings }, (_, i) => drawing(i));
    await new DrawingStore(connection).put(drawn);
    for (let i = 0; i < sets; i++) {
      const set = dataset(i);
      await new DatasetStore(connection).save(set, await identityOf(set), set.name);
    }
  } finally {
    connection.close();
  }
};

async function addRuns(store: RunStore, runs: Filling['runs']): Promise<void> {
  const { id: last } = at(await store.list(), 0);
  const { record, tensors } = await store.load(last);
  for (const { id, steps } of runs) {
    await store.save(grown(record, id, steps), tensors, notStored);
    await store.annotate(id, (note) => ({ ...note, evaluation: evaluation(record, steps) }));
  }
}

/** The same run, as it would be after so many steps. */
function grown(record: RunRecord, id: string, steps: number): RunRecord {
  const { best: _, lengthChanges: __, ...facts } = record;
  const falling = (step: number) => 2 / Math.sqrt(step) + 0.1 * Math.sin(step) ** 2;
  const column = (length: number, valueAt: (i: number) => number) =>
    Float64Array.from({ length }, (_, i) => valueAt(i + 1));
  const validations = Math.floor(steps / INTERVAL);
  const training = Curve.of<TrainingPoint>({
    step: column(steps, (i) => i),
    loss: column(steps, falling),
    accuracy: column(steps, (i) => 1 - Math.min(1, falling(i) / 3)),
  });
  const validation = Curve.of<ValidationPoint>({
    step: column(validations, (i) => i * INTERVAL),
    loss: column(validations, (i) => falling(i * INTERVAL)),
    accuracy: column(validations, () => 0.9),
    images: column(validations, () => 1000),
  });
  return {
    ...facts,
    ...{ id, name: id, status: 'finished', step: steps, updatedAt: Date.now() },
    recipe: { ...record.recipe, steps },
    history: curvesOf({ training, validation }),
  };
}

function evaluation({ datasetName, classNames }: RunRecord, step: number): KeptEvaluation {
  const mistakes = Array.from({ length: MISTAKES }, (_, index) => ({
    ...{ index, truth: 1, predicted: 7, confidence: 0.9 },
    pixels: new Uint8Array(SIDE * SIDE).fill(index),
  }));
  const shape = { height: SIDE, width: SIDE, channels: 1 } as const;
  const figures = { loss: 0.1, accuracy: 0.97, images: 10_000 };
  return { step, datasetName, classNames, ...figures, shape, mistakes };
}

/** A bar, of another width and place each time. */
function drawing(i: number): LabelledDrawing {
  const side = 280;
  const pixels = new Uint8Array(side * side);
  const left = 100 + (i % 40);
  for (let row = 60; row < 220; row++) {
    pixels.fill(BRIGHTEST, row * side + left, row * side + left + 20 + (i % 17));
  }
  const drawn = asDrawing({ width: side, height: side, pixels, ink: 'light' });
  assert(drawn, 'a bar is a drawing');
  const id = `drawing ${i}`;
  return { id, createdAt: i + 1, className: '1', ...drawn, thumbnail: thumbnailOf(drawn) };
}

function dataset(i: number): Dataset {
  const images = (seed: number): LabelledImages => ({
    shape: { height: SIDE, width: SIDE, channels: 1 },
    count: IMAGES_OF_SET,
    pixels: Uint8Array.from({ length: IMAGES_OF_SET * SIDE * SIDE }, (_, k) => k * seed + i),
    labels: Uint16Array.from({ length: IMAGES_OF_SET }, (_, k) => k % 10),
  });
  const classNames = Array.from({ length: 10 }, (_, k) => String(k));
  return { name: `Set ${i}`, classNames, train: images(3), test: images(5) };
}
