import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TuningMemory, TuningRecord } from '../../domain/machine/tuning.ts';
import { relativeDifference } from './difference.ts';
import type { Operation, Variant } from './operation.ts';
import { createStorage, Pipelines } from './pipelines.ts';
import { Stopwatch } from './stopwatch.ts';
import { TrialStand, type TunedOperation } from './trial.ts';
import { tune } from './tuner.ts';
import { type Machine, tuningKey } from './tuningKey.ts';
import { declareBindings, linearGrid } from './wgsl.ts';

const FLOATS = 4096;
const machine: Machine = {
  ...{ vendor: '', architecture: '', description: '', browser: '' },
  ...{ features: [], limits: {} },
};

let device: GPUDevice;
let pipelines: Pipelines;
const uncaptured: string[] = [];

beforeAll(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const requiredFeatures = (['timestamp-query'] as const).filter((feature) =>
    adapter?.features.has(feature),
  );
  const opened = await adapter?.requestDevice({ requiredFeatures });
  if (!opened) throw new Error('this browser has a WebGPU adapter');
  device = opened;
  device.addEventListener('uncapturederror', ({ error }) => uncaptured.push(error.message));
  pipelines = new Pipelines(device);
});
afterAll(() => {
  expect(uncaptured).toEqual([]);
  device.destroy();
});

/** y = expression in x[i], in a shader that says nothing else. */
function variantOf(name: string, expression: string): Variant {
  const grid = linearGrid(FLOATS);
  const wgsl = `${declareBindings([
    { name: 'x', access: 'read', type: 'array<f32>' },
    { name: 'y', access: 'read_write', type: 'array<f32>' },
  ])}
${grid.main(`let i = item; y[i] = ${expression};`)}`;
  const shader = { label: name, wgsl, operands: ['x', 'y'], workgroups: grid.workgroups };
  return { name, shaders: [shader], scratch: {} };
}

/** The same in two shaders, by way of a buffer of its own. */
function detour(name: string): Variant {
  const rename = (from: string, to: string, operands: string[]) =>
    variantOf(name, `x[i] * ${from === 'x' ? '2.0' : '1.0'} + 0.0`).shaders.map((shader) => ({
      ...shader,
      label: `${name} to ${to}`,
      operands,
    }));
  return {
    name,
    shaders: [...rename('x', 'half', ['x', 'half']), ...rename('half', 'y', ['half', 'y'])],
    scratch: { half: FLOATS * 4 },
  };
}

const operationOf = (op: string, variants: readonly Variant[]): TunedOperation => ({
  operation: { op, shape: String(FLOATS), flops: FLOATS, bytes: 8 * FLOATS, variants },
  operandBytes: { x: FLOATS * 4, y: FLOATS * 4 },
});

const slowly = `x[i] * 2.0; for (var k = 0u; k < 400u; k++) { y[i] += f32(k % 2u) * 1e-30 * sin(y[i]); }`;
const doubling = operationOf('doubling', [
  variantOf('slow', slowly),
  variantOf('wrong', 'x[i] * 2.01'),
  variantOf('wrong at the end', `select(x[i] * 2.0, 0.0, i == ${FLOATS - 1}u)`),
  variantOf('not a number', 'sqrt(-1.0 - abs(x[i]))'),
  variantOf('broken', 'no such thing'),
  variantOf('plain', 'x[i] + x[i]'),
  detour('detour'),
]);
const halving = operationOf('halving', [
  variantOf('product', 'x[i] * 0.5'),
  variantOf('quotient', 'x[i] / 2.0'),
]);

function memoryOf(records: Map<string, TuningRecord>): TuningMemory {
  return {
    read: async (key) => records.get(key),
    write: async (key, record) => void records.set(key, record),
    clear: async () => records.clear(),
  };
}

const recordOf = (records: Map<string, TuningRecord>, { operation }: TunedOperation) =>
  records.get(tuningKey(machine, operation));
const nameFor = (choose: (operation: Operation) => Variant, { operation }: TunedOperation) =>
  choose(operation).name;

describe('tuning on the device', () => {
  it('measures what gives the right result, drops what does not, and remembers both', async () => {
    const records = new Map<string, TuningRecord>();
    const options = { machine, budgetMs: 50_000 };
    const tuned = [doubling, halving];
    const choose = await tune(device, pipelines, tuned, memoryOf(records), options);

    const { variant, variantMs } = recordOf(records, doubling) ?? { variant: '', variantMs: {} };
    expect(variantMs).toEqual({
      ...{ wrong: null, 'wrong at the end': null, 'not a number': null, broken: null },
      ...{ slow: expect.any(Number), plain: expect.any(Number), detour: expect.any(Number) },
    });
    const leastMs = Math.min(...Object.values(variantMs).map((ms) => ms ?? Infinity));
    expect(leastMs).toBeGreaterThan(0);
    expect(variantMs[variant]).toBe(leastMs);
    expect(variant).not.toBe('slow');
    expect(nameFor(choose, doubling)).toBe(variant);

    const halvingMs = Object.values(recordOf(records, halving)?.variantMs ?? {});
    expect(halvingMs).toHaveLength(2);
    expect(halvingMs.every((ms) => ms !== null && ms > 0)).toBe(true);
  });

  it('uses what is remembered without measuring', async () => {
    const { operation } = halving;
    const record = { variant: 'quotient', variantMs: { product: 2, quotient: 1 } };
    const records = new Map([[tuningKey(machine, operation), record]]);
    const options = { machine, budgetMs: 50_000 };
    const choose = await tune(device, pipelines, [halving], memoryOf(records), options);
    expect(nameFor(choose, halving)).toBe('quotient');
    expect(recordOf(records, halving)).toBe(record);
  });

  it('without a budget takes the likeliest', async () => {
    const records = new Map<string, TuningRecord>();
    const options = { machine, budgetMs: 0 };
    const choose = await tune(device, pipelines, [doubling], memoryOf(records), options);
    expect(nameFor(choose, doubling)).toBe('slow');
    expect(records.size).toBe(0);
  });

  it.each([
    ['last', 1],
    ['first', 0],
  ])('remembers nothing of a variant for which there is no memory, be it the %s', async (_, at) => {
    const greedy: Variant = { ...variantOf('greedy', 'x[i] * 0.5'), scratch: { room: 2 ** 40 } };
    const tuned = operationOf('halving', halving.operation.variants.toSpliced(at * 2, 0, greedy));
    const records = new Map<string, TuningRecord>();
    const options = { machine, budgetMs: 50_000 };
    const choose = await tune(device, pipelines, [tuned], memoryOf(records), options);
    const { variantMs = {} }: Partial<TuningRecord> = recordOf(records, tuned) ?? {};
    expect(Object.keys(variantMs).sort()).toEqual(['product', 'quotient']);
    expect(Object.values(variantMs).every((ms) => ms !== null && ms > 0)).toBe(true);
    expect(nameFor(choose, tuned)).not.toBe('greedy');
  });

  it('gives up a trial that needs more memory than there is', async () => {
    const stand = new TrialStand(device, pipelines);
    const operandBytes = { ...halving.operandBytes, x: 2 ** 40 };
    expect(await stand.prepare({ ...halving, operandBytes }, [])).toBeUndefined();
    stand.dispose();
  });
});

describe('the stopwatch', () => {
  it('measures without timestamps too', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const bare = await adapter?.requestDevice();
    if (!bare) throw new Error('this browser has a WebGPU adapter');
    const stopwatch = new Stopwatch(bare);
    expect(await stopwatch.time(() => undefined)).toBeGreaterThan(0);
    stopwatch.dispose();
    bare.destroy();
  });
});

describe('the difference of two buffers', () => {
  it.each([
    ['nothing', [1, -8, 0, NaN], [1, -8, 0, NaN], 0],
    ['a share of the largest value', [1, -8, 0, 2], [1, -8, 0, 4], 0.25],
    ['infinite where zeros were expected', [0, 0, 0, 0], [0, 1, 0, 0], Infinity],
    ['not a number where one is there', [1, 2, 3, 4], [1, 2, NaN, 4], NaN],
  ] as const)('is %s', async (_, expected, actual, difference) => {
    const [a, b] = [expected, actual].map((values) => {
      const buffer = createStorage(device, 'values', 16);
      device.queue.writeBuffer(buffer, 0, Float32Array.from(values));
      return buffer;
    });
    if (!a || !b) throw new Error('two buffers');
    expect(await relativeDifference(device, pipelines, a, b)).toBe(difference);
    a.destroy();
    b.destroy();
  });
});
