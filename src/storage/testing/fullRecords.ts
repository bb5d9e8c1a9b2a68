import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import { mnistLook } from '../../domain/data/look.ts';
import type { TuningRecord } from '../../domain/machine/tuning.ts';
import { type PackedHistory, packHistory } from '../../domain/metrics/history.ts';
import { factsOf } from '../../domain/runs/run.ts';
import type { Commit, RunNote, StoredDrawing } from '../schema.ts';
import { recordOf } from './runs.ts';

/** One record of each store that has every field it may have. */

const shape = { height: 28, width: 28, channels: 1 };
const figure = { step: 2, accuracy: 0.5, images: 2, datasetName: 'Shapes', datasetId: 'set' };
const drawnScore = { step: 2, right: 1, total: 2, trainedOn: 1 };

/** A layer of each kind; no network has all of them. */
const layers = [
  ...buildArchitecture({ id: 'alexnet', width: 1, input: shape, classes: 2, dropout: 0.5 }).layers,
  ...buildArchitecture({
    ...({ id: 'alexnet', width: 1, input: shape, classes: 2, dropout: 0.5 } as const),
    normalization: 'batch',
  }).layers,
  ...buildArchitecture({ id: 'lenet5', width: 1, input: shape, classes: 2, dropout: 0 }).layers,
  ...buildArchitecture({ id: 'allconv', width: 1, input: shape, classes: 2, dropout: 0 }).layers,
];

export function fullCommit(runId: string): Commit {
  const record = recordOf(runId, 3);
  const point = { step: 2, loss: 0.5, accuracy: 0.9 };
  return {
    ...{ runId, generation: 1, lineage: 'line', revision: 1 },
    record: {
      ...factsOf(record),
      ...{ datasetId: 'set', scalingImages: 10, test: figure, drawnScore, best: point },
      ...{ tunedOn: ['one'], mixedWith: ['one'], look: mnistLook },
      assumptions: [{ kind: 'labelFirst', file: 'a.csv', column: 1 }],
      experiment: { id: 'experiment', variant: 'seed', trainingImages: 10 },
      rateChanges: [{ step: 1, learningRate: 0.01 }],
      lengthChanges: [{ step: 1, steps: 10 }],
    },
    ...{ curveBlocks: 0, lastValidation: { ...point, images: 10 } },
    tensors: [{ name: 'a', shape: [3], byteOffset: 0 }],
    ...{ chunkHashes: ['hash'], bytes: 12 },
  };
}

export function fullCurves(): PackedHistory {
  const point = { step: 2, loss: 0.5, accuracy: 0.9 };
  return packHistory({ training: [point], validation: [{ ...point, images: 10 }] });
}

/** The same with one layer of each kind, in the order of their first. */
export function commitOfAllLayers(runId: string): Commit {
  const commit = fullCommit(runId);
  const kinds = new Set(layers.map(({ kind }) => kind));
  const one = [...kinds].flatMap((kind) =>
    layers.filter((layer) => layer.kind === kind).slice(0, 1),
  );
  const { architecture } = commit.record;
  return {
    ...commit,
    record: { ...commit.record, architecture: { ...architecture, layers: one } },
  };
}

export function fullNote(id: string): RunNote {
  const mistake = {
    index: 0,
    truth: 0,
    predicted: 1,
    confidence: 0.9,
    pixels: new Uint8Array(784),
  };
  return {
    ...{ id, name: `Run ${id}`, openedAt: 5, test: figure, drawnScore },
    evaluation: {
      ...{ ...figure, loss: 1, shape, classNames: ['0', '1'], mistakes: [mistake] },
      right: Uint8Array.of(0b10),
    },
  };
}

export function fullDataset(id: string): KeptDataset {
  return {
    ...{ id, name: `Set ${id}`, source: 'files', importedAt: 5, shape, classNames: ['0', '1'] },
    assumptions: [{ kind: 'labelFirst', file: 'a.csv', column: 1 }],
    ...{ hasTypedNames: true, trainCount: 2, testCount: 1, validationCount: 1, unlabelledCount: 1 },
    ...{ bytes: 4 * 784 + 3, partHashes: ['hash'], openedAt: 5 },
  };
}

export function fullDrawing(id: string): StoredDrawing {
  const pixels = new Uint8Array(784).fill(9);
  return { id, createdAt: 5, className: '7', width: 28, height: 28, pixels, thumbnail: pixels };
}

export const fullTuning: TuningRecord = { variant: '8x8', variantMs: { '8x8': 1, '4x4': 2 } };
