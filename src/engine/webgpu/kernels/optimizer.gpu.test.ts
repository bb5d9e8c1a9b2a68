import { beforeAll, describe, expect, it } from 'vitest';
import { ADAM, effectiveRate, type OptimizerRule } from '../../../domain/recipe/optimizerRule.ts';
import { at } from '../../../util/assert.ts';
import { startEngine } from '../../engines.ts';
import { relativeError, sampleValues } from '../../testing/compare.ts';
import { repeated } from '../testing/repeated.ts';
import { runOnDevice } from '../testing/runOnDevice.ts';
import { batchMetrics } from './batchMetrics.ts';
import { columnSums } from './columnSums.ts';
import { gatherBatch } from './gatherBatch.ts';
import { optimizerUpdate } from './optimizer.ts';
import { type LossShape, softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** What a training step computes besides its layers, against the formulas in 64 bits. */

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

const expectClose = (actual: Float32Array, expected: ArrayLike<number>, tolerance = 1e-6) =>
  expect(relativeError(actual, Float32Array.from(expected))).toBeLessThan(tolerance);

/** Bytes in the order in which the shaders take them out of words: the lowest first. */
function asWords(bytes: readonly number[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(bytes.length / 4));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

/** Whole numbers of 16 bits likewise. */
function halvesAsWords(halves: readonly number[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(halves.length / 2));
  new Uint16Array(words.buffer).set(halves);
  return words;
}

interface Variable {
  readonly w: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
}

const LEARNING_RATE = 0.01;
const DECAY = 0.1;

/** Update number `t` by the formulas of the papers, in place. */
function plainUpdate(rule: OptimizerRule, { w, m, v }: Variable, g: Float32Array, t: number): void {
  for (const [i, gradient] of g.entries()) {
    const { beta1, beta2, epsilon, kind } = rule;
    m[i] = beta1 * at(m, i) + (1 - beta1) * gradient;
    v[i] = beta2 * at(v, i) + (1 - beta2) * gradient ** 2;
    // The paper's section 2 moves the bias corrections into the rate, and epsilon with them.
    const rate = (LEARNING_RATE * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    const shrunk = kind === 'adamw' ? at(w, i) - LEARNING_RATE * DECAY * at(w, i) : at(w, i);
    w[i] = shrunk - (rate * at(m, i)) / (Math.sqrt(at(v, i)) + epsilon);
  }
}

describe.each<OptimizerRule>([ADAM, { kind: 'adamw', beta1: 0.8, beta2: 0.99, epsilon: 1e-7 }])(
  'three updates by $kind',
  (rule) => {
    it.each([{ size: 1 }, { size: 67 }, { size: 132 }])(
      'are the formula, of $size weights',
      async ({ size }) => {
        const operation = optimizerUpdate(size, rule);
        const start = sampleValues([size], 1);
        const expected = {
          w: Float64Array.from(start),
          m: new Float64Array(size),
          v: new Float64Array(size),
        };
        let [w, m, v]: [Float32Array, Float32Array, Float32Array] = [
          start,
          new Float32Array(size),
          new Float32Array(size),
        ];

        for (const t of [1, 2, 3]) {
          const g = sampleValues([size], 10 + t);
          plainUpdate(rule, expected, g, t);
          const held = await runOnDevice(operation, {
            operands: { w, g, m, v },
            step: { rate: effectiveRate(rule, LEARNING_RATE, t), decay: LEARNING_RATE * DECAY },
          });
          [w, m, v] = [held('w'), held('m'), held('v')];
          expect(held('g')).toEqual(g);
        }

        // The weights alone would hide an error of an update: it is small beside them.
        const moved = (to: ArrayLike<number>) => start.map((from, i) => at(to, i) - from);
        expectClose(moved(w), moved(expected.w), 1e-4);
        expectClose(w, expected.w);
        expectClose(m, expected.m);
        expectClose(v, expected.v);
      },
    );
  },
);

describe('the moving average of the weights', () => {
  it.each([{ size: 67 }, { size: 132 }])(
    'takes its share of the updated weights, of $size',
    async ({ size }) => {
      const a = sampleValues([size], 3);
      const operands = {
        ...{ w: sampleValues([size], 1), g: sampleValues([size], 2) },
        ...{ m: new Float32Array(size), v: new Float32Array(size) },
      };
      const step = { rate: LEARNING_RATE, decay: 0.001, average: 0.7 };
      const rule: OptimizerRule = { ...ADAM, kind: 'adamw' };

      const plain = await runOnDevice(optimizerUpdate(size, rule), { operands, step });
      const held = await runOnDevice(optimizerUpdate(size, rule, { averaged: true }), {
        operands: { ...operands, a },
        step,
      });

      for (const name of ['w', 'm', 'v']) expect(held(name)).toEqual(plain(name));
      expectClose(
        held('a'),
        a.map((old, i) => 0.7 * old + 0.3 * at(plain('w'), i)),
      );
    },
  );
});

describe('a weight that gets no gradient any more', () => {
  const size = 4;
  const update = optimizerUpdate(size, { ...ADAM, kind: 'adamw' }, { averaged: true });
  const run = {
    operands: {
      ...{ w: sampleValues([size], 1), g: new Float32Array(size), m: sampleValues([size], 2) },
      ...{ v: sampleValues([size], 3).map(Math.abs), a: sampleValues([size], 4) },
    },
    step: { rate: 1e-3, decay: 0.02, average: 0.99 },
  };
  const state = ['w', 'm', 'v', 'a'];

  it('comes to 0 with its moments and its average in 1,000,000 updates', async () => {
    const held = await runOnDevice(repeated(update, 1000), { ...run, times: 1000 });
    for (const name of state) expect([...held(name)], name).toEqual([0, 0, 0, 0]);
  });

  it('shrinks alike by many updates in one dispatch, as the test before has them, and in many', async () => {
    const inOne = await runOnDevice(repeated(update, 100), run);
    const inMany = await runOnDevice(update, { ...run, times: 100 });
    for (const name of state) expectClose(inOne(name), inMany(name));
    expect(inMany('m').every((m) => m !== 0)).toBe(true);
  });
});

describe('a decay far below the spacing of floats', () => {
  it('is that of 64 bits over many updates, beside gradients', async () => {
    // With a large epsilon the weights move by as many different steps as there are gradients, so
    // that roundings cancel in the mean.
    const rule: OptimizerRule = { ...ADAM, kind: 'adamw', epsilon: 1 };
    const [size, updates, decay, rate] = [16_384, 5000, 1e-8, 1e-6];
    const operands = {
      ...{ w: new Float32Array(size).fill(1), g: sampleValues([size], 1) },
      ...{ m: new Float32Array(size), v: new Float32Array(size) },
    };
    const meanOf = async (numbers: { rate: number; decay: number }) => {
      const run = { operands, step: numbers, times: updates };
      const w = (await runOnDevice(optimizerUpdate(size, rule), run))('w');
      return w.reduce((sum, weight) => sum + weight, 0) / size;
    };

    const lost = (await meanOf({ rate, decay: 0 })) - (await meanOf({ rate, decay }));

    expect(Math.abs(lost / (1 - (1 - decay) ** updates) - 1)).toBeLessThan(0.1);
  });
});

describe('column sums', () => {
  it.each([
    { rows: 1, columns: 5, pieces: 1 },
    { rows: 64, columns: 8, pieces: 1 },
    { rows: 65, columns: 3, pieces: 2 },
    { rows: 1000, columns: 12, pieces: 16 },
    { rows: 64 * 512 + 1, columns: 1, pieces: 512 },
  ])('of $rows x $columns, in $pieces', async ({ rows, columns, pieces }) => {
    const operation = columnSums(rows, columns);
    expect(operation.variants.map(({ name }) => name)).toEqual([`in ${pieces}`]);
    // Sums of numbers of both signs would come out near zero, with any error.
    const x = sampleValues([rows, columns], 1).map(Math.abs);
    const expected = Array.from({ length: columns }, (_, column) =>
      x.reduce((sum, value, i) => (i % columns === column ? sum + value : sum), 0),
    );

    const held = await runOnDevice(operation, { operands: { x }, outputs: { sums: columns } });

    expectClose(held('sums'), expected, 1e-5);
  });
});

interface LossCase {
  readonly name: string;
  readonly batch: number;
  readonly classes: number;
  readonly count: number;
  readonly logits: (i: number) => number;
  readonly smoothing?: number;
  readonly labels?: readonly number[];
}

const LABELS = [0, 3, 1, 2, 2, 0, 1, 3, 0, 1].map((label) => label % 3);
const ORDER = [9, 4, 0, 7, 2, 5];
const SLOTS = 3;

/** Labels on both sides of a byte, the last class among them. */
const manyClasses = (classes: number): Omit<LossCase, 'name'> => ({
  ...{ batch: 6, classes, count: 5, logits: (i) => 4 * Math.sin(7 * i) },
  labels: LABELS.map((_, i) => at([255, classes - 1, 256, 0], i % 4)),
});

const lossCases: readonly LossCase[] = [
  { name: 'a full batch', batch: 5, classes: 10, count: 5, logits: (i) => Math.sin(7 * i) * 3 },
  { name: 'a short batch', batch: 6, classes: 7, count: 4, logits: (i) => Math.cos(5 * i) },
  { name: 'ties everywhere', batch: 4, classes: 3, count: 4, logits: () => 0.5 },
  { name: 'tied maxima', batch: 6, classes: 4, count: 6, logits: (i) => i % 2 },
  { name: 'smoothed labels', batch: 6, classes: 7, count: 5, logits: Math.sin, smoothing: 0.3 },
  { name: 'large logits', batch: 4, classes: 5, count: 4, logits: (i) => 1000 * Math.sin(i) },
  { name: '1,000 classes', ...manyClasses(1000) },
  { name: '1,000 classes, smoothed', ...manyClasses(1000), smoothing: 0.1 },
  { name: '13,065 classes', ...manyClasses(13_065) },
];

/** Loss, gradient and prediction of each row, and the batch's means. */
function plainLoss({ batch, classes, count, logits, smoothing = 0, labels = LABELS }: LossCase) {
  const dlogits = new Float64Array(batch * classes);
  const rows = Array.from({ length: count }, (_, row) => {
    const label = at(labels, at(ORDER, row));
    const values = Array.from({ length: classes }, (_, c) =>
      Math.fround(logits(row * classes + c)),
    );
    const largest = Math.max(...values);
    const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
    for (const [c, value] of values.entries()) {
      const p = Math.exp(value - largest) / sum;
      const wanted = (c === label ? 1 - smoothing : 0) + smoothing / classes;
      dlogits[row * classes + c] = (p - wanted) / count;
    }
    const loss = Math.log(sum) + largest - at(values, label);
    return { loss, correct: values.indexOf(largest) === label ? 1 : 0 };
  });
  const mean = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / count;
  return {
    dlogits,
    rows,
    loss: mean(({ loss }) => loss),
    accuracy: mean(({ correct }) => correct),
  };
}

describe('softmax cross-entropy', () => {
  it.each(lossCases)('of $name, with its gradient and the means of the batch', async (lossCase) => {
    const { batch, classes, count, smoothing = 0, labels = LABELS } = lossCase;
    const shape: LossShape = { batch, classes, smoothing };
    const logits = Float32Array.from({ length: batch * classes }, (_, i) => lossCase.logits(i));
    const expected = plainLoss(lossCase);

    const held = await runOnDevice(softmaxCrossEntropy(shape), {
      operands: { logits, labels: halvesAsWords(labels), order: Uint32Array.from(ORDER) },
      outputs: { dlogits: logits.length, figures: 2 * batch },
      step: { count },
    });
    const metrics = await runOnDevice(batchMetrics({ batch, slots: SLOTS }), {
      operands: { figures: held('figures'), metrics: new Float32Array(2 * SLOTS).fill(7) },
      step: { count, slot: 1 },
    });

    expectClose(held('dlogits'), expected.dlogits, 1e-5);
    const figures = held('figures');
    const losses = figures.filter((_, i) => i % 2 === 0);
    const absent = Array.from({ length: batch - count }, () => 0);
    expectClose(losses, [...expected.rows.map(({ loss }) => loss), ...absent], 1e-5);
    expect([...figures.filter((_, i) => i % 2 === 1)]).toEqual([
      ...expected.rows.map(({ correct }) => correct),
      ...absent,
    ]);
    const [a, b, loss, accuracy, c, d] = metrics('metrics');
    expect(loss).toBeCloseTo(expected.loss, 4);
    expect(accuracy).toBeCloseTo(expected.accuracy, 6);
    expect([a, b, c, d]).toEqual([7, 7, 7, 7]);
  });
});

describe('the images of a batch', () => {
  it.each([
    { imageBytes: 12, batch: 3, count: 3 },
    { imageBytes: 7, batch: 5, count: 5 },
    { imageBytes: 3, batch: 6, count: 2 },
    { imageBytes: 1, batch: 2, count: 1 },
  ])('of $imageBytes bytes, $count of $batch', async ({ imageBytes, batch, count }) => {
    const bytes = Array.from({ length: 10 * imageBytes }, (_, i) => (i * 73 + 11) % 256);
    const expected = Array.from({ length: batch * imageBytes }, (_, i) => {
      const row = Math.floor(i / imageBytes);
      if (row >= count) return 0;
      return (at(bytes, at(ORDER, row) * imageBytes + (i % imageBytes)) - 33) * 0.3;
    });

    const held = await runOnDevice(gatherBatch({ batch, imageBytes, offset: 33, factor: 0.3 }), {
      operands: { pixels: asWords(bytes), order: Uint32Array.from(ORDER) },
      outputs: { x: batch * imageBytes },
      step: { count },
    });

    expectClose(held('x'), expected);
    expect([...held('x').slice(count * imageBytes)]).toEqual(expected.slice(count * imageBytes));
  });
});
