import { describe, expect, it } from 'vitest';
import type { AblationQueue } from '../../domain/ablation/ablationQueue.ts';
import type { DatasetSummary } from '../../domain/data/dataset.ts';
import type { EngineReport } from '../../domain/machine/engineReport.ts';
import { type Recipe, seedRecipe } from '../../domain/recipe/recipe.ts';
import type { ExperimentMark, RunRecord, RunSummary } from '../../domain/runs/run.ts';
import { readingOf, someAblation, someFrame } from '../../domain/testing/ablations.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { withFailure } from '../reduce.ts';
import { createWorkbenchStore } from '../store.ts';
import type { AblationCommands } from './ablationCommands.ts';
import { AblationRunner } from './ablationRunner.ts';

const mnist = { id: 'a', name: 'MNIST', trainCount: 55_000, validationCount: 5000 };

/**
 * A session that makes no steps: what its runs come to is what a test says. A trained run is kept at its
 * end; one whose loss goes off is kept at the checkpoint before, and in memory at what it came to.
 */
function session(given: { kept?: AblationQueue | 'unreadable' } = {}) {
  const store = createWorkbenchStore(seedRecipe, 'auto');
  const engine = { name: 'wasm', reason: 'chosen' } as EngineReport;
  store.setState({ phase: 'idle', engine });
  const log: string[] = [];
  const facts = { dataset: mnist, engine: 'wasm', trainingImages: undefined as number | undefined };
  /** Rows whose loss goes off. */
  const spiking = new Set<string>();
  let inMemory: { id: string; weights: 'good' | 'bad' } | undefined;
  const kept = new Map<string, RunRecord>();
  const nameOf = ({ experiment, recipe }: RunRecord) => `${experiment?.variant} ${recipe.seed}`;

  const list = () =>
    store.setState({ runs: [...kept.values()].map((record) => record as unknown as RunSummary) });
  const advance = async (record: RunRecord) => {
    store.setState({ phase: 'training' });
    await Promise.resolve();
    const spikes = spiking.has(nameOf(record));
    const step = spikes ? record.step || 50 : record.recipe.steps;
    const after: RunRecord = { ...record, step, status: spikes ? 'stopped' : 'finished' };
    kept.set(record.id, after);
    inMemory = { id: record.id, weights: spikes ? 'bad' : 'good' };
    if (spikes) {
      const spike = new WorkbenchError('training.lossSpike', { step, loss: '9', median: '0.1' });
      store.setState((state) => withFailure(state, spike));
      store.setState({ phase: 'paused' });
    }
    list();
    store.setState({ phase: 'idle' });
    return after as unknown as RunSummary;
  };
  const current = () => {
    const record = kept.get(inMemory?.id ?? '');
    if (!record) throw new Error('no run');
    return record;
  };
  const commands: AblationCommands = {
    dataset: async () => facts.dataset as DatasetSummary,
    train(recipe: Recipe, experiment: ExperimentMark) {
      const id = `run ${kept.size}`;
      log.push(`train ${experiment.variant} ${recipe.seed}`);
      return advance({
        ...{ id, recipe, experiment, step: 0, trainingMs: 1, createdAt: kept.size },
        ...{ datasetId: facts.dataset.id, datasetName: facts.dataset.name, engine: facts.engine },
        scalingImages: facts.trainingImages ?? experiment.trainingImages,
      } as RunRecord);
    },
    resume() {
      log.push(`resume ${nameOf(current())} from ${inMemory?.weights} weights`);
      return advance(current());
    },
    pause: async () => undefined,
    stop: async () => undefined,
    openRun: async (id) => {
      inMemory = { id, weights: 'good' };
    },
    evaluate: async ({ split, images = 0 }) =>
      ({ ...readingOf(split === 'training' ? 1 : 0.97, images), split }) as never,
    runRecord: async (id) => at([kept.get(id) as RunRecord], 0),
    tell: (error) => store.setState((state) => withFailure(state, error)),
  };
  let text: AblationQueue | undefined;
  const runner = new AblationRunner(store, commands, {
    read: () => given.kept ?? 'none',
    write: (queue) => {
      text = queue;
    },
    onWrittenElsewhere: () => undefined,
  });
  const statuses = () => store.getState().ablation?.rows.map(({ status }) => status);
  const said = () => store.getState().notices.map(({ code }) => code);
  return { store, runner, log, facts, spiking, statuses, said, written: () => text };
}

const order = { frame: someFrame, chosen: ['elastic'] as const, seeds: 2, trainingImages: 5000 };

describe('an ablation with nobody at the page', () => {
  it('trains every recipe from every seed, on images of its own, and measures the first of each', async () => {
    const { runner, log, written } = session();
    const queue = await runner.start(order);
    expect(log).toEqual([
      ...['train seed 1', 'train elastic 1', 'train improved 1'],
      ...['train seed 2', 'train elastic 2', 'train improved 2'],
    ]);
    expect(queue).toMatchObject({
      status: 'ended',
      conditions: { dataset: { name: 'MNIST' }, trainingImages: 5000, heldBack: 55_000 },
    });
    expect(queue.rows.map((row) => row.status === 'done' && row.result.bothRight)).toEqual([
      ...[undefined, 4850, 4850, undefined, 4850, 4850],
    ]);
    expect(written()).toEqual(queue);
  });

  it.each([1, 500, 59_999])(
    'trains on as many images as it is told: %i',
    async (trainingImages) => {
      const { runner } = session();
      const queue = await runner.start({ ...order, seeds: 1, trainingImages });
      expect(queue.status).toBe('ended');
      expect(queue.rows.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
      expect(queue.conditions).toMatchObject({ trainingImages, heldBack: 60_000 - trainingImages });
    },
  );

  it('fails the row whose loss goes off, and leaves it so until it is told to try again', async () => {
    const { runner, log, spiking, statuses } = session();
    spiking.add('elastic 1');
    await runner.start({ ...order, seeds: 1 });
    expect(statuses()).toEqual(['done', 'failed', 'done']);

    log.length = 0;
    await runner.continue();
    expect(log).toEqual([]);
    expect(statuses()).toEqual(['done', 'failed', 'done']);

    spiking.clear();
    await runner.retry();
    expect(statuses()).toEqual(['done', 'done', 'done']);
  });

  it('brings its rows back that were cleared, unless another one has begun', async () => {
    const { runner, statuses, store } = session();
    const queue = await runner.start({ ...order, seeds: 1 });
    runner.clear();
    expect(store.getState().ablation).toBeUndefined();
    runner.restore(queue);
    expect(statuses()).toEqual(['done', 'done', 'done']);
    expect(() => runner.restore(queue)).toThrow(/Another ablation has begun since/);
  });

  it('tries it again from what was kept before, not from what went off', async () => {
    const { runner, log, spiking } = session();
    // The last one, so that it is still the run in memory.
    spiking.add('improved 1');
    await runner.start({ ...order, seeds: 1 });
    log.length = 0;
    await runner.retry();
    expect(log).toEqual(['resume improved 1 from good weights']);
  });

  it.each([
    ['another data set', { dataset: { ...mnist, id: 'b', name: 'Fashion' } }, 'ablation.dataset'],
    [
      'a smaller one of its name',
      { dataset: { ...mnist, id: 'c', trainCount: 9 } },
      'ablation.dataset',
    ],
  ])('goes on with no row on %s', async (_, change, code) => {
    const { runner, log, facts, spiking } = session();
    spiking.add('elastic 1');
    await runner.start({ ...order, seeds: 1 });
    log.length = 0;
    Object.assign(facts, change);
    await expect(runner.retry()).rejects.toMatchObject({ code });
    expect(log).toEqual([]);
  });

  it('goes on with no row on another engine', async () => {
    const { runner, store } = session();
    await runner.start(order);
    store.setState({ engine: { name: 'cpu', reason: 'chosen' } });
    await expect(runner.continue()).rejects.toMatchObject({ code: 'ablation.engine' });
  });

  it('takes no run for a row of its own that was trained on another division', async () => {
    const { runner, facts, statuses, said } = session();
    facts.trainingImages = 55_000;
    const queue = await runner.start(order);
    expect(queue.status).toBe('paused');
    expect(new Set(statuses())).toEqual(new Set(['waiting']));
    expect(said()).toEqual(['ablation.division']);
  });
});

describe('an ablation that was kept', () => {
  it('waits to be continued', () => {
    const { store } = session({ kept: someAblation(['elastic']) });
    expect(store.getState().ablation?.status).toBe('paused');
  });

  it('is taken away where it is of an earlier version, and that is said', () => {
    const { store, said } = session({ kept: 'unreadable' });
    expect(store.getState().ablation).toBeUndefined();
    expect(said()).toEqual(['ablation.unreadable']);
  });
});
