import { describe, expect, it } from 'vitest';
import type { Gate } from '../../../domain/architecture/activation.ts';
import { ADAM, type OptimizerRule } from '../../../domain/recipe/optimizerRule.ts';
import { biasThenActivation } from '../gemm/finish.ts';
import type { Operation } from '../operation.ts';
import { augmentBatch } from './augmentBatch.ts';
import { avgPool, avgPoolGradient } from './avgPool.ts';
import { batchMetrics } from './batchMetrics.ts';
import { columnSums } from './columnSums.ts';
import { gatherBatch } from './gatherBatch.ts';
import { clipFactor, squareSum } from './gradientNorm.ts';
import { lrn } from './lrn.ts';
import { lrnGradient } from './lrnGradient.ts';
import { matMul } from './matMul.ts';
import { maxPool } from './maxPool.ts';
import { maxPoolGradient } from './maxPoolGradient.ts';
import { optimizerUpdate } from './optimizer.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** Every kernel, in pairs that differ in one option each: `op` and `shape` are to tell them apart. */

const gates: Gate[] = [
  { kind: 'open' },
  { kind: 'relu', scale: 1 },
  { kind: 'relu', scale: 2 },
  { kind: 'tanh' },
];
const pool = {
  ...{ batch: 2, inHeight: 8, inWidth: 8, channels: 4, outHeight: 4, outWidth: 4 },
  ...{ windowHeight: 3, windowWidth: 3, strideHeight: 2, strideWidth: 2, padTop: 0, padLeft: 0 },
};
const normal = { pixels: 4, channels: 4, depthRadius: 2, bias: 1, alpha: 1e-4, beta: 0.75 };
const loss = { batch: 4, classes: 3, smoothing: 0 };
const metrics = { batch: 4, slots: 2 };
const product = { batches: 2, rows: 4, columns: 4, depth: 8, transposeA: false, transposeB: false };
const gather = { batch: 2, imageBytes: 16, offset: 0, factor: 1 };
const image = { height: 4, width: 4, channels: 1 };
const augment = { image, bends: false, thickens: false };
const vary = { batch: 2, augment, offset: 0, factor: 1 };
const rules: OptimizerRule[] = [
  ADAM,
  ...[{ beta1: 0.5 }, { beta2: 0.5 }, { epsilon: 1e-3 }].map((change) => ({ ...ADAM, ...change })),
  { ...ADAM, kind: 'adamw' },
];

/** The object, and one more for each of its members, with that one changed. */
function changes<T extends object>(plain: T, others: Partial<T>): T[] {
  const entries = Object.entries(others) as [keyof T, T[keyof T]][];
  return [plain, ...entries.map(([name, value]) => ({ ...plain, [name]: value }))];
}

const operations = (software: boolean): Operation[] => {
  const traits = { software, subgroups: true };
  return [
    ...changes(product, { batches: 3, rows: 8, columns: 8, depth: 4 }).map((s) =>
      matMul(s, traits),
    ),
    ...changes(product, { transposeA: true, transposeB: true }).map((s) => matMul(s, traits)),
    ...['sharedA', 'sharedB'].map((name) => matMul({ ...product, [name]: true }, traits)),
    ...[
      undefined,
      { rate: 0.5, stream: 4 },
      { rate: 0.5, stream: 260 },
      { rate: 0.2, stream: 4 },
    ].map((dropout) => {
      const made = biasThenActivation(4, { activation: 'relu', ...(dropout && { dropout }) });
      return matMul(product, traits, made);
    }),
    ...changes(gather, { batch: 3, imageBytes: 12, offset: 1, factor: 2 }).map(gatherBatch),
    ...changes(vary, { batch: 3, offset: 1, factor: 2 }).map(augmentBatch),
    ...changes(augment, { image: { ...image, width: 5 }, bends: true, thickens: true }).map((a) =>
      augmentBatch({ ...vary, augment: a }),
    ),
    ...changes(loss, { batch: 5, classes: 4, smoothing: 0.1 }).map(softmaxCrossEntropy),
    ...changes(metrics, { batch: 5, slots: 3 }).map((shape) => batchMetrics(shape, traits)),
    ...changes(pool, { batch: 3, channels: 8, padTop: 1, padLeft: 1, windowHeight: 2 }).flatMap(
      (g) => [maxPool(g, true), maxPool(g, false), maxPool(g, false, 'ignored'), avgPool(g)],
    ),
    ...gates.flatMap((gate) => [
      ...[maxPoolGradient(pool, gate), avgPoolGradient(pool, gate), lrnGradient(normal, gate)],
    ]),
    ...changes(normal, { pixels: 8, channels: 8, depthRadius: 1, bias: 2, alpha: 1, beta: 1 }).map(
      lrn,
    ),
    ...rules.flatMap((rule) =>
      changes({ clipped: false, averaged: false }, { clipped: true, averaged: true }).map(
        (options) => optimizerUpdate(8, rule, options),
      ),
    ),
    ...[columnSums(100, 4, traits), columnSums(100, 8, traits), columnSums(200, 4, traits)],
    ...[squareSum(8, 0, 2, traits), squareSum(8, 1, 2, traits), squareSum(8, 0, 3, traits)],
    ...[clipFactor(2, 1), clipFactor(3, 1), clipFactor(2, 2)],
  ];
};

describe.each([true, false])('the shapes of operations, software %s', (software) => {
  it('tell of all that their shaders are made from', () => {
    const sources = new Map<string, string>();
    for (const { op, shape, variants } of operations(software)) {
      const source = JSON.stringify(variants);
      const name = `${op} ${shape}`;
      if ((sources.get(name) ?? source) !== source) expect.fail(`${name} names two sources`);
      sources.set(name, source);
    }
    expect(sources.size).toBeGreaterThan(60);
  });
});
