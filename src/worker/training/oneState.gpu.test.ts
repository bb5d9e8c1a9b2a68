import { deleteDB } from 'idb';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NamedTensor, RunFacts } from '../../domain/runs/run.ts';
import { RunStore } from '../../storage/runStore.ts';
import { missingFrom } from '../../training/runState.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import type { Session } from '../session.ts';
import {
  bringTinySet,
  openSession,
  sessionRecipe,
  type TinySession,
} from '../testing/tinySession.ts';

/** A recipe whose state has every part: moments, averages, the best weights. */
const recipe = {
  ...sessionRecipe,
  ...{ steps: 1000, architecture: 'alexnet' as const, averaging: 0.9, keepBest: 'on' as const },
  ...{ validationInterval: 5, checkpointInterval: 5 },
};
/** At it the weights of ReLUs leave every bound within a few steps. */
const RUINOUS = 1;

let tiny: TinySession;
let session: Session;

beforeEach(async () => {
  await deleteDB(FIRST_SITE);
  tiny = await openSession('wasm');
  session = tiny.session;
  await bringTinySet(session);
});

afterAll(() => deleteDB(FIRST_SITE));

const told = (code: string) =>
  tiny.events.filter((event) => event.type === 'error' && event.code === code);
const current = (): RunFacts => {
  const event = tiny.events.findLast(({ type }) => type === 'run');
  if (event?.type !== 'run') throw new Error('no run was told');
  return event.record;
};

/** What is on disk of a run. */
async function stored(id: string) {
  const store = await RunStore.open();
  const run = await store.load(id);
  store.close();
  return run;
}

const bits = (tensors: readonly NamedTensor[]) =>
  tensors.map(({ name, values }) => [name, [...new Uint32Array(values.slice().buffer)]]);

/** Trains a run until it has made so many steps, then has it wait. */
async function pausedAfter(steps: number): Promise<RunFacts> {
  session.train(recipe).catch(() => undefined);
  const stepsTold = () => tiny.events.filter(({ type }) => type === 'step').length;
  await expect.poll(() => stepsTold()).toBeGreaterThanOrEqual(steps);
  await session.pause();
  return session.runRecord(current().id);
}

async function goneOff(): Promise<RunFacts> {
  const { id } = await pausedAfter(30);
  await session.changeLearningRate(RUINOUS);
  session.resume().catch(() => undefined);
  await expect.poll(() => told('training.lossSpike')).toHaveLength(1);
  await expect.poll(() => session.phase).toBe('paused');
  return session.runRecord(id);
}

describe('a change of status', () => {
  it('after the page was opened anew rewrites no weights: nothing of the state is lost', async () => {
    const { id } = await pausedAfter(6);
    const before = await stored(id);
    expect(missingFrom(before.tensors, before.record)).toEqual([]);
    tiny = await openSession('wasm');
    expect(tiny.session.phase).toBe('paused');

    await tiny.session.stop();

    const after = await stored(id);
    expect(after.record).toEqual({
      ...before.record,
      status: 'stopped',
      updatedAt: expect.anything(),
    });
    expect(after.version.generation).toBe(before.version.generation);
    expect(bits(after.tensors)).toEqual(bits(before.tensors));
  });

  it('by a new run rewrites none either', async () => {
    const { id } = await pausedAfter(6);
    const before = await stored(id);
    tiny = await openSession('wasm');
    await tiny.session.train({ ...sessionRecipe, steps: 1 });
    const after = await stored(id);
    expect(after.record.status).toBe('stopped');
    expect(bits(after.tensors)).toEqual(bits(before.tensors));
  });
});

describe('losses that went off', () => {
  it('are not what is kept: Stop goes back to the checkpoint before', async () => {
    const { id, step } = await goneOff();
    const before = await stored(id);
    expect(before.record.step).toBeLessThan(step);
    await session.stop();
    const after = await stored(id);
    expect(after.record).toMatchObject({ step: before.record.step, status: 'stopped' });
    expect(bits(after.tensors)).toEqual(bits(before.tensors));
    expect(current()).toMatchObject({ id, step: before.record.step, status: 'stopped' });
  });

  it('are the usual ones for whoever goes on all the same', async () => {
    const { step } = await goneOff();
    const seen = tiny.events.length;
    session.resume().catch(() => undefined);
    const later = () => tiny.events.slice(seen).filter((event) => event.type === 'step');
    await expect.poll(() => later().length).toBeGreaterThan(5);
    await session.pause();
    expect((await session.runRecord(current().id)).step).toBeGreaterThan(step + 5);
    expect(told('training.lossSpike')).toHaveLength(1);
  });

  it('end a run that nobody watches, at its checkpoint, with the reason', async () => {
    const { id } = await pausedAfter(30);
    const { record } = await stored(id);
    await session.changeLearningRate(RUINOUS);
    const ended = session.resume(undefined, { onSpike: 'stop' });
    await expect(ended).rejects.toMatchObject({
      code: 'training.wentOff',
      params: { checkpoint: expect.any(Number) },
    });
    expect(session.phase).toBe('idle');
    const after = await stored(id);
    expect(after.record.status).toBe('stopped');
    expect(after.record.step).toBeGreaterThanOrEqual(record.step);
    expect(current().step).toBe(after.record.step);
  });
});

describe('a run that was deleted while it waited', () => {
  const removed = async (id: string) => {
    await session.deleteRun(id);
    const store = await RunStore.open();
    await store.removeHidden(Date.now() + 1);
    store.close();
  };

  it('does not come back when it is stopped', async () => {
    const { id } = await pausedAfter(6);
    await removed(id);
    await session.stop();
    expect(await session.listRuns()).toEqual([]);
    expect(session.phase).toBe('idle');
  });

  it('keeps nobody from the next one, though its losses went off', async () => {
    const { id } = await goneOff();
    await removed(id);
    await session.train({ ...sessionRecipe, steps: 1 });
    expect(await session.listRuns()).toHaveLength(1);
  });
});

describe('what is asked for while a training is prepared', () => {
  it('is obeyed before its first step', async () => {
    const ended = session.train({ ...recipe, steps: 50 });
    await session.stop();
    expect(session.phase).toBe('idle');
    expect(await ended).toMatchObject({ status: 'stopped', step: 0 });
  });

  it('is the rate of the next step, however often the run is kept', async () => {
    session.train({ ...recipe, checkpointInterval: 1 }).catch(() => undefined);
    await expect.poll(() => session.phase).toBe('training');
    for (let i = 1; i <= 40; i++) await session.changeLearningRate(i * 1e-5);
    await session.pause();
    expect(current().rateChanges?.at(-1)?.learningRate).toBeCloseTo(40e-5, 9);
  });
});

describe('a run goes on with its own data set', () => {
  it('brought back where another of the same shape and counts is in use', async () => {
    const own = tiny.events.findLast(({ type }) => type === 'dataset');
    const run = await session.train({ ...recipe, steps: 3 });
    const other = await bringTinySet(session, 100);
    expect(own?.type === 'dataset' && own.summary.id).not.toBe(other.id);
    expect(run.datasetId).toBe(own?.type === 'dataset' && own.summary.id);

    await session.resume(3);
    const back = tiny.events.findLast(({ type }) => type === 'dataset');
    // Its files are not at hand any more, so there is nothing to decide anew.
    const kept = own?.type === 'dataset' && { ...own.summary, choices: undefined };
    expect(back).toEqual({ type: 'dataset', summary: kept });
    expect((await session.runRecord(run.id)).datasetId).toBe(run.datasetId);

    await bringTinySet(session, 100);
    const evaluation = await session.evaluate();
    expect(evaluation).toMatchObject({ datasetId: run.datasetId, step: 6, runId: run.id });
  });

  it('or not at all where it is gone, and is tested on another only when asked to be', async () => {
    const run = await session.train({ ...recipe, steps: 3 });
    await session.deleteDataset(String(run.datasetId));
    const other = await bringTinySet(session, 100);
    const gone = { code: 'dataset.notOfRun' };
    await expect(session.resume(3)).rejects.toMatchObject(gone);
    await expect(session.evaluate()).rejects.toMatchObject(gone);
    expect(session.phase).toBe('idle');
    const evaluation = await session.evaluate({ dataset: 'inUse' });
    expect(evaluation.datasetId).toBe(other.id);
    expect((await stored(run.id)).record.test).toMatchObject({ datasetId: other.id, step: 3 });
  });

  it('mixed with the drawings that it was fine-tuned on, for as many more steps as one likes', async () => {
    await session.train({ ...recipe, steps: 3 });
    const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i % 16 === 8 ? 255 : 0));
    const picture = { name: 'a line', width: 16, height: 16, ink: 'light' as const, pixels };
    const drawing = await session.keepDrawing(picture, '0');
    const tuned = await session.fineTune(3, 0.001);
    const record = await session.runRecord(tuned.id);
    expect(record.mixedWith).toEqual([drawing.id]);
    expect((await session.resume(20)).step).toBe(23);
    await session.deleteDrawings([drawing.id]);
    await expect(session.resume(2)).rejects.toMatchObject({ code: 'drawings.gone' });
    await session.restoreDrawings([drawing.id]);
    expect((await session.resume(2)).step).toBe(25);
  });
});

describe('a start that fails', () => {
  it('changes nothing of a run that began with other weights than the seed’s', async () => {
    await session.train({ ...recipe, steps: 3 });
    const file = await session.exportWeights('safetensors');
    await session.importWeights(new File([file.bytes], file.name));
    const memory = vi.spyOn(WebAssembly, 'Memory').mockImplementationOnce(
      // A constructor, which an arrow is not.
      function noMemory() {
        throw new RangeError('no memory');
      },
    );
    try {
      await expect(session.resume(3)).rejects.toMatchObject({ code: 'engine.noHeap' });
    } finally {
      memory.mockRestore();
    }
    const again = await session.exportWeights('safetensors');
    // Behind the header, which tells the time.
    const weights = (bytes: Uint8Array) => bytes.slice(-1000);
    expect(weights(again.bytes)).toEqual(weights(file.bytes));
    expect((await session.resume()).step).toBe(6);
  });

  it('is heard of where there is nothing to go back to either', async () => {
    const { id } = await pausedAfter(6);
    const store = await RunStore.open();
    const opened = await store.load(id);
    // No state of this network.
    await store.save(opened.record, opened.tensors.slice(1), opened.version);
    store.close();
    await expect(session.resume()).rejects.toBeInstanceOf(WorkbenchError);
    expect(session.phase).not.toBe('training');
  });
});
