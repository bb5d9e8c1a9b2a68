import * as Comlink from 'comlink';
import { deleteDB } from 'idb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { csvRow } from '../../formats/testing/smallSets.ts';
import { workerRefusals } from '../../formats/testing/workerRefusals.ts';
import { transferWorkbenchErrors } from '../../protocol/errorTransfer.ts';
import type { WorkerApi } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';

const rows = (count: number) => Array.from({ length: count }, (_, i) => csvRow(i % 2, (p) => p));
const csv = (name: string, lines: readonly string[]) => [
  { name, blob: new Blob([lines.join('\n')]) },
];
const greys = csv('greys.csv', rows(6));
const unlabelled = csv('test.csv', [new Array<number>(256).fill(9).join(',')]);
const wide = csv(
  'wide.csv',
  [0, 1].map((label) => [label, ...new Array<number>(400).fill(3)].join(',')),
);
const blank = {
  name: 'paper.png',
  width: 4,
  height: 4,
  pixels: new Uint8Array(16),
  ink: 'auto',
} as const;

let worker: Worker;
let api: Comlink.Remote<WorkerApi>;

beforeAll(async () => {
  transferWorkbenchErrors();
  // What another test kept would be opened.
  await deleteDB('alexnet-workbench');
  worker = new Worker(new URL('../entry.ts', import.meta.url), { type: 'module' });
  api = Comlink.wrap<WorkerApi>(worker);
  // Nothing answers there.
  await api.start({ engine: 'cpu', tuning: 'off', siteUrl: 'http://127.0.0.1:9/' });
});
afterAll(async () => {
  worker.terminate();
  await deleteDB('alexnet-workbench');
});

/** Trains for a step, so that there is a model of 16x16 images. */
async function trainOnce(): Promise<void> {
  await api.importDataset(greys);
  await api.train({ ...seedRecipe, architecture: 'lenet5', batchSize: 2, steps: 1 });
}

/** Each refusal, and what leads to it; one after the other. */
const provoked: Record<(typeof workerRefusals)[number], () => Promise<unknown>> = {
  'dataset.missing': () => api.nameClasses(['a']),
  'dataset.noFiles': () => api.importDataset(csv('README.md', ['# Digits'])),
  'dataset.unreachable': () => api.loadDataset(),
  'dataset.address': () => api.fetchDataset('ftp://data.example/a.npz'),
  'dataset.addressSecret': () => api.fetchDataset('https://me:secret@data.example/a.npz'),
  'dataset.notFetched': () => api.fetchDataset('https://127.0.0.1:9/a.npz'),
  'dataset.cancelled': () => {
    const importing = api.importDataset(csv('long.csv', rows(20_000)));
    return Promise.all([importing, api.cancelDataset()]);
  },
  'dataset.nameCount': async () => {
    await api.importDataset(greys);
    await api.nameClasses(['a', 'b', 'c']);
  },
  'dataset.nameTwice': () => api.nameClasses(['a', 'a']),
  'dataset.split': () => api.divideDataset(6),
  'dataset.noTraining': async () => {
    await api.importDataset(unlabelled);
    await api.train({ ...seedRecipe, architecture: 'lenet5' });
  },
  'dataset.noValidation': async () => {
    await trainOnce();
    await api.importDataset(unlabelled);
    await api.evaluate({ split: 'validation', dataset: 'inUse' });
  },
  'dataset.noTrainingSplit': () => api.evaluate({ split: 'training', dataset: 'inUse' }),
  'dataset.noTest': async () => {
    await trainOnce();
    await api.evaluate();
  },
  'dataset.nothingToPredict': () => api.exportPredictions('submission'),
  'picture.blank': () => api.keepDrawing(blank, '1'),
  'dataset.mismatch': async () => {
    await api.importDataset(wide);
    await api.evaluate({ dataset: 'inUse' });
  },
  'dataset.notOfRun': async () => {
    const [run] = await api.listRuns();
    await api.deleteDataset(run?.datasetId ?? '');
    await api.evaluate();
  },
  'dataset.division': async () => {
    const experiment = { id: 'a', variant: 'seed' as const, trainingImages: 1_000_000 };
    await api.importDataset(greys);
    await api.train({ ...seedRecipe, architecture: 'lenet5' }, { experiment });
  },
  'dataset.notAtHand': async () => {
    const { id } = await api.importDataset(greys);
    await api.importDataset(wide);
    await api.openDataset(id);
    await api.rereadDataset({ roles: 'swapped' });
  },
};

describe('what the worker says of data sets', () => {
  it.each(Object.entries(provoked))('%s is said in both languages', async (code, provoke) => {
    const error = await provoke().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkbenchError);
    if (!(error instanceof WorkbenchError)) return;
    expect(error.code).toBe(code);
    expectBothLanguages(error);
  });

  it('is all of it', () => {
    expect(Object.keys(provoked).toSorted()).toEqual(workerRefusals.toSorted());
  });
});
