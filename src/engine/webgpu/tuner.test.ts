import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TuningMemory, TuningRecord } from '../../domain/machine/tuning.ts';
import type { Operation, Variant } from './operation.ts';
import type { Trial, TunedOperation } from './trial.ts';
import { chooseBy, type TuningOptions } from './tuner.ts';
import { type Machine, tuningKey } from './tuningKey.ts';

const machine: Machine = {
  ...{ vendor: 'v', architecture: 'a', description: 'd', browser: 'b' },
  ...{ features: [], limits: {} },
};
const variant = (name: string): Variant => ({ name, shaders: [], scratch: {} });
const operationOf = (op: string, flops: number, names: readonly string[]): Operation => ({
  ...{ op, shape: '2x2', flops, bytes: 1 },
  variants: names.map(variant),
});
/** The same by name, with other shaders. */
const withSource = (operation: Operation, wgsl: string): Operation => ({
  ...operation,
  variants: operation.variants.map(({ name }) => ({
    ...variant(name),
    shaders: [{ label: name, wgsl, operands: [], workgroups: [1, 1, 1] }],
  })),
});
const small = operationOf('small', 10, ['s1', 's2']);
const large = operationOf('large', 1000, ['l1', 'l2', 'l3']);
const sole = operationOf('sole', 5000, ['only']);

/** Takes a second a variant, and knows what each takes. */
function fakeTrials(msOf: Record<string, number | null | 'notNow'>) {
  const measured: string[] = [];
  const startTrial = async (): Promise<Trial> => ({
    async measure({ name }) {
      measured.push(name);
      vi.advanceTimersByTime(1000);
      const ms = msOf[name] ?? null;
      if (ms === 'notNow') return { kind: ms };
      return ms === null ? { kind: 'wrong' } : { kind: 'works', ms };
    },
    dispose: () => undefined,
  });
  return { measured, startTrial };
}

function fakeMemory(stored: Record<string, TuningRecord> = {}) {
  const records = new Map(Object.entries(stored));
  const memory: TuningMemory = {
    read: async (key) => records.get(key),
    write: async (key, record) => void records.set(key, record),
    clear: async () => records.clear(),
  };
  return { records, memory };
}

const tuned = (...operations: Operation[]): TunedOperation[] =>
  operations.map((operation) => ({ operation, operandBytes: {} }));
const options = (changes: Partial<TuningOptions> = {}): TuningOptions => ({
  ...{ machine, budgetMs: 60_000 },
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('tuning', () => {
  it('takes the fastest variant of each operation, the dearest operation first', async () => {
    const { measured, startTrial } = fakeTrials({ s1: 2, s2: 1, l1: 3, l2: 1, l3: 2 });
    const choose = await chooseBy(startTrial, tuned(small, large, sole), undefined, options());
    expect([small, large, sole].map((operation) => choose(operation).name)).toEqual([
      ...['s2', 'l2', 'only'],
    ]);
    expect(measured).toEqual(['l1', 'l2', 'l3', 's1', 's2']);
  });

  it('measures an operation once, however often the network has it', async () => {
    const { measured, startTrial } = fakeTrials({ s1: 2, s2: 1 });
    await chooseBy(startTrial, tuned(small, small, { ...small }), undefined, options());
    expect(measured).toEqual(['s1', 's2']);
  });

  it('passes over variants that do not work', async () => {
    const { startTrial } = fakeTrials({ l1: null, l2: 9, l3: null });
    const choose = await chooseBy(startTrial, tuned(large), undefined, options());
    expect(choose(large).name).toBe('l2');
  });

  it('remembers what it measured, and does not measure it again', async () => {
    const { records, memory } = fakeMemory();
    const first = fakeTrials({ l1: 3, l2: null, l3: 2 });
    await chooseBy(first.startTrial, tuned(large), memory, options());
    expect(records.get(tuningKey(machine, large))).toEqual({
      variant: 'l3',
      variantMs: { l1: 3, l2: null, l3: 2 },
    });
    const second = fakeTrials({});
    const choose = await chooseBy(second.startTrial, tuned(large), memory, options());
    expect(second.measured).toEqual([]);
    expect(choose(large).name).toBe('l3');
  });

  it('measures what a record leaves out, and takes no variant that there is not', async () => {
    const { memory } = fakeMemory({
      [tuningKey(machine, large)]: { variant: 'gone', variantMs: { gone: 1, l1: 3, l2: 2 } },
    });
    const { measured, startTrial } = fakeTrials({ l3: 4 });
    const choose = await chooseBy(startTrial, tuned(large), memory, options());
    expect(measured).toEqual(['l3']);
    expect(choose(large).name).toBe('l2');
  });

  it.each([
    ['nothing', {}],
    ['no measurements', { variant: 'l1', variantMs: null }],
    ['measurements of another form', { variantMs: { l1: 'quick', l2: -1, l3: { works: 1 } } }],
  ])('measures anew where a record holds %s', async (_, record) => {
    const stored = record as TuningRecord;
    const { memory, records } = fakeMemory({ [tuningKey(machine, large)]: stored });
    const { measured, startTrial } = fakeTrials({ l1: 3, l2: 2, l3: 4 });
    const choose = await chooseBy(startTrial, tuned(large), memory, options());
    expect(measured).toEqual(['l1', 'l2', 'l3']);
    expect(choose(large).name).toBe('l2');
    expect(records.get(tuningKey(machine, large))?.variantMs).toEqual({ l1: 3, l2: 2, l3: 4 });
  });

  it('gives an operation the variant of the chosen name that is its own', async () => {
    const { startTrial } = fakeTrials({ s1: 2, s2: 1 });
    const first = withSource(small, 'stream 1');
    const second = withSource(small, 'stream 2');
    const choose = await chooseBy(startTrial, tuned(first, second), undefined, options());
    for (const operation of [first, second]) expect(choose(operation)).toBe(operation.variants[1]);
    // Nothing was measured of this one, though it has the name of one that was.
    const third = withSource(small, 'stream 3');
    expect(choose(third)).toBe(third.variants[0]);
  });

  it('takes the likeliest when the budget is spent, and goes on from there the next time', async () => {
    const { memory } = fakeMemory();
    const ms = { s1: 2, s2: 1, l1: 3, l2: 2, l3: 1 };
    const first = fakeTrials(ms);
    const choose = await chooseBy(
      first.startTrial,
      tuned(small, large),
      memory,
      options({ budgetMs: 1500 }),
    );
    expect(first.measured).toEqual(['l1', 'l2']);
    expect([choose(large).name, choose(small).name]).toEqual(['l2', 's1']);
    const second = fakeTrials(ms);
    await chooseBy(second.startTrial, tuned(small, large), memory, options());
    expect(second.measured).toEqual(['l3', 's1', 's2']);
  });

  it('without a budget measures nothing', async () => {
    const { measured, startTrial } = fakeTrials({});
    const { records, memory } = fakeMemory();
    const choose = await chooseBy(startTrial, tuned(large), memory, options({ budgetMs: 0 }));
    expect([measured, choose(large).name, records.size]).toEqual([[], 'l1', 0]);
  });

  it('measures nothing more once it is aborted', async () => {
    const { measured, startTrial } = fakeTrials({ l1: 3, l2: 2, l3: 1, s1: 1, s2: 2 });
    const abort = new AbortController();
    const onProgress = (done: number) => done === 1 && abort.abort();
    const choose = await chooseBy(
      startTrial,
      tuned(small, large),
      undefined,
      options({ signal: abort.signal, onProgress }),
    );
    expect(measured).toEqual(['l1', 'l2', 'l3']);
    expect(choose(small).name).toBe('s1');
  });

  it('tells how far it is', async () => {
    const { startTrial } = fakeTrials({});
    const progress: string[] = [];
    const onProgress = (done: number, total: number) => void progress.push(`${done}/${total}`);
    await chooseBy(startTrial, tuned(small, large, sole), undefined, options({ onProgress }));
    expect(progress).toEqual(['0/2', '1/2', '2/2']);
  });

  it('does not remember what could not be tried, and tries it again', async () => {
    const { records, memory } = fakeMemory();
    const first = fakeTrials({ l1: 3, l2: 'notNow', l3: null });
    const choose = await chooseBy(first.startTrial, tuned(large), memory, options());
    expect(choose(large).name).toBe('l1');
    expect(records.get(tuningKey(machine, large))?.variantMs).toEqual({ l1: 3, l3: null });
    const second = fakeTrials({ l2: 1 });
    const again = await chooseBy(second.startTrial, tuned(large), memory, options());
    expect(second.measured).toEqual(['l2']);
    expect(again(large).name).toBe('l2');
  });

  it('remembers nothing where nothing could be tried', async () => {
    const { records, memory } = fakeMemory();
    const { startTrial } = fakeTrials({ l1: 'notNow', l2: 'notNow', l3: 'notNow' });
    const choose = await chooseBy(startTrial, tuned(large), memory, options());
    expect([choose(large).name, records.size]).toEqual(['l1', 0]);
  });

  it('goes without where there is no memory for a trial', async () => {
    const { records, memory } = fakeMemory();
    const choose = await chooseBy(async () => undefined, tuned(large), memory, options());
    expect([choose(large).name, records.size]).toEqual(['l1', 0]);
  });
});
