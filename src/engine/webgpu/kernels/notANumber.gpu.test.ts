import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Gate } from '../../../domain/architecture/activation.ts';
import type { PoolGeometry } from '../../../domain/architecture/window.ts';
import { at } from '../../../util/assert.ts';
import { webgpuTraits } from '../../device.ts';
import { startEngine } from '../../engines.ts';
import { sampleValues } from '../../testing/compare.ts';
import { biasThenActivation, throughGate } from '../gemm/finish.ts';
import type { Finish } from '../gemm/problem.ts';
import type { Variant } from '../operation.ts';
import { runOnDevice, runVariant } from '../testing/runOnDevice.ts';
import { avgPoolGradient } from './avgPool.ts';
import { batchMetrics } from './batchMetrics.ts';
import { clipFactor } from './gradientNorm.ts';
import { lrn } from './lrn.ts';
import { lrnGradient } from './lrnGradient.ts';
import { matMul } from './matMul.ts';
import { maxPool } from './maxPool.ts';
import { maxPoolGradient } from './maxPoolGradient.ts';

import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** What is no number stays none through every kernel, so that the loss tells of it. */

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

/** As processors make it, as GPUs do, and with bits of its own: signs and payloads differ. */
const nans = [0x7fc00000, 0xffc00000, 0x7f800001, 0xffffffff];

/** The floats with a NaN of these bits at a place: in an array of floats it would lose its sign. */
function withNan(values: Float32Array, place: number, bits: number): Uint32Array {
  const words = new Uint32Array(values.slice().buffer);
  words[place] = bits;
  return words;
}

const isEvery = (values: Iterable<number>, holds: (value: number) => boolean) =>
  [...values].every(holds);

const [ROWS, DEPTH, COLUMNS] = [5, 8, 12];
const dropout = { rate: 0.5, stream: 260 };
const relu: Gate = { kind: 'relu', scale: 2 };

interface Finished {
  readonly name: string;
  readonly finish: Finish | undefined;
  readonly operands: Readonly<Record<string, Float32Array>>;
}
const bias = sampleValues([COLUMNS], 4);
const finishes: readonly Finished[] = [
  { name: 'nothing', finish: undefined, operands: {} },
  ...(['linear', 'relu', 'tanh'] as const).map((activation) => ({
    name: `bias and ${activation}`,
    finish: biasThenActivation(COLUMNS, { activation }),
    operands: { bias },
  })),
  {
    name: 'bias, ReLU and dropout',
    finish: biasThenActivation(COLUMNS, { activation: 'relu', dropout }),
    operands: { bias },
  },
  ...([relu, { kind: 'tanh' }] as const).map((gate) => ({
    name: `the gate of ${gate.kind}`,
    finish: throughGate(ROWS * COLUMNS, gate),
    operands: { gated: sampleValues([ROWS * COLUMNS], 5) },
  })),
];

/** One of either kind of adapter that is quick to compile: schedules finish their sums alike. */
const variantsOf = (finish: Finish | undefined): Variant[] => {
  const product = { batches: 1, rows: ROWS, columns: COLUMNS, depth: DEPTH };
  const shape = { ...product, transposeA: false, transposeB: false };
  return [true, false].map((software) =>
    at(matMul(shape, { ...webgpuTraits(), software }, finish).variants, software ? 0 : 1),
  );
};

describe('a product followed by', () => {
  it.for(finishes)('$name lets a NaN of any operand through', async (finished) => {
    const { finish, operands: others } = finished;
    const operands = {
      ...{ a: sampleValues([ROWS * DEPTH], 1), b: sampleValues([DEPTH * COLUMNS], 2) },
      ...others,
    };
    const outputs = { c: ROWS * COLUMNS };
    for (const [i, variant] of variantsOf(finish).entries()) {
      for (const [name, values] of Object.entries(operands)) {
        const place = (7 * i + 3) % values.length;
        const bits = at(nans, i + 1);
        const poisoned = { ...operands, [name]: withNan(values, place, bits) };
        const held = await runVariant(variant, { operands: poisoned, outputs, step: { seed: 1 } });
        const hit = (row: number, column: number) =>
          ({
            a: row === Math.floor(place / DEPTH),
            b: column === place % COLUMNS,
            bias: column === place,
            gated: row * COLUMNS + column === place,
          })[name];
        held('c').forEach((value, position) => {
          const expected = hit(Math.floor(position / COLUMNS), position % COLUMNS);
          expect(Number.isNaN(value), `${variant.name}: ${name}, ${position}`).toBe(expected);
        });
      }
    }
  });

  it('tanh is 1 for what is large, up to infinity', async () => {
    const finish = biasThenActivation(4, { activation: 'tanh' });
    const shape = { batches: 1, rows: 1, columns: 4, depth: 1 };
    const operation = matMul(
      { ...shape, transposeA: false, transposeB: false },
      webgpuTraits(),
      finish,
    );
    const operands = {
      ...{ a: Float32Array.of(0), b: new Float32Array(4) },
      bias: Float32Array.of(1000, -1000, Infinity, -Infinity),
    };
    const held = await runOnDevice(operation, { operands, outputs: { c: 4 } });
    expect([...held('c')]).toEqual([1, -1, 1, -1]);
  });
});

/** Two images of 7x6, or what is asked for, in overlapping windows that reach over the border. */
const pooling = (channels: number): PoolGeometry => ({
  ...{ batch: 2, inHeight: 7, inWidth: 6, channels, outHeight: 4, outWidth: 3 },
  ...{ windowHeight: 3, windowWidth: 3, strideHeight: 2, strideWidth: 2, padTop: 1, padLeft: 0 },
});
const inputSize = (channels: number) => 2 * 7 * 6 * channels;
const outputSize = (channels: number) => 2 * 4 * 3 * channels;

/** The maxima by their definition, and which input each is: the first NaN, or the first of the largest. */
function plainMaxPool(g: PoolGeometry, x: Float32Array) {
  const y = new Float32Array(outputSize(g.channels));
  const from = new Uint32Array(y.length);
  for (let position = 0; position < y.length; position++) {
    const c = position % g.channels;
    const pixel = Math.floor(position / g.channels);
    const j = pixel % g.outWidth;
    const i = Math.floor(pixel / g.outWidth) % g.outHeight;
    const n = Math.floor(pixel / g.outWidth / g.outHeight);
    const window: number[] = [];
    for (let row = i * 2 - 1; row < i * 2 + 2; row++) {
      for (let column = j * 2; column < j * 2 + 3; column++) {
        if (row < 0 || row >= g.inHeight || column >= g.inWidth) continue;
        window.push(((n * g.inHeight + row) * g.inWidth + column) * g.channels + c);
      }
    }
    const nan = window.find((place) => Number.isNaN(at(x, place)));
    const largest = Math.max(...window.map((place) => at(x, place)));
    from[position] = nan ?? window.find((place) => at(x, place) === largest) ?? 0;
    y[position] = at(x, at(from, position));
  }
  return { y, from };
}

/** Few values, so that most windows have ties, and some that are no finite numbers. */
const values = fc.constantFrom(-1, 0, 0, 2, 2, -Infinity, Infinity, Number.NaN);
const images = fc
  .constantFrom(3, 4)
  .chain((channels) =>
    fc.tuple(
      fc.constant(channels),
      fc.array(values, { minLength: inputSize(channels), maxLength: inputSize(channels) }),
    ),
  );

describe('max pooling', () => {
  it('finds the maxima, the first of equal ones, and NaN above all; gradients go to them', async () => {
    await fc.assert(
      fc.asyncProperty(images, async ([channels, pixels]) => {
        const g = pooling(channels);
        const x = Float32Array.from(pixels);
        const dy = sampleValues([outputSize(channels)], 3);
        const expected = plainMaxPool(g, x);
        const dx = new Float64Array(x.length);
        for (const [i, place] of expected.from.entries()) dx[place] = at(dx, place) + at(dy, i);

        const forward = await runOnDevice(maxPool(g, true), {
          operands: { x },
          outputs: { y: dy.length, argmax: dy.length },
        });
        const argmax = new Uint32Array(forward('argmax').buffer);
        const back = await runOnDevice(maxPoolGradient(g, { kind: 'open' }), {
          operands: { dy, argmax },
          outputs: { dx: x.length },
        });

        expect(forward('y')).toEqual(expected.y);
        back('dx').forEach((value, i) => {
          expect(value).toBeCloseTo(at(dx, i), 5);
        });
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it.each([3, 4])(
    'passes NaNs over beside numbers where it is asked to, of %i channels',
    async (channels) => {
      const g = pooling(channels);
      const x = sampleValues([inputSize(channels)], 1);
      const numbers = plainMaxPool(g, x);
      // A NaN for every input that is no maximum, and for all of the last image.
      const isMaximum = new Set(numbers.from);
      const half = x.length / 2;
      const poisoned = x.map((value, i) => (i < half && isMaximum.has(i) ? value : Number.NaN));
      const held = await runOnDevice(maxPool(g, false, 'ignored'), {
        operands: { x: poisoned },
        outputs: { y: numbers.y.length },
      });
      const expected = numbers.y.map((value, i) => (i < numbers.y.length / 2 ? value : Number.NaN));
      expect(held('y')).toEqual(expected);
    },
  );

  it.each([3, 4])('takes any NaN for one, of %i channels', async (channels) => {
    const g = pooling(channels);
    for (const [i, bits] of nans.entries()) {
      const place = 5 + 31 * i;
      const x = sampleValues([inputSize(channels)], 1);
      const poisoned = withNan(x, place, bits);
      const held = await runOnDevice(maxPool(g, false), {
        operands: { x: poisoned },
        outputs: { y: outputSize(channels) },
      });
      x[place] = Number.NaN;
      expect(held('y')).toEqual(plainMaxPool(g, x).y);
    }
  });
});

describe('gates', () => {
  const channels = 4;
  const g = pooling(channels);
  const dy = sampleValues([outputSize(channels)], 3);
  const x = sampleValues([inputSize(channels)], 1);
  const lrnShape = { pixels: 84, channels, depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
  const argmax = new Uint32Array(dy.length);

  it.each([
    ['max pooling', maxPoolGradient(g, relu), { dy, argmax }, 'gated'],
    ['average pooling', avgPoolGradient(g, relu), { dy }, 'gated'],
    ['normalisation', lrnGradient(lrnShape, relu), { dy: x }, 'x'],
  ] as const)('let a NaN through behind %s', async (_, operation, operands, gated) => {
    for (const [i, bits] of nans.entries()) {
      const place = 3 + 50 * i;
      const held = await runOnDevice(operation, {
        operands: { ...operands, [gated]: withNan(x, place, bits) },
        outputs: { dx: x.length },
      });
      expect(held('dx')[place]).toBeNaN();
    }
  });

  it('are behind a normalisation that lets it through too', async () => {
    const held = await runOnDevice(lrn(lrnShape), {
      operands: { x: withNan(x, 9, 0xffc00000) },
      outputs: { y: x.length },
    });
    expect(held('y')[9]).toBeNaN();
  });
});

const [BATCH, CLASSES] = [6, 5];
const lossShape = { batch: BATCH, classes: CLASSES, smoothing: 0.1 };
const labels = Uint32Array.of(0x00020001, 0x00000003, 0x00010004);
const order = Uint32Array.from({ length: BATCH }, (_, i) => i);

async function lossOf(logits: Float32Array | Uint32Array) {
  const run = { operands: { logits, labels, order }, step: { count: BATCH } };
  const outputs = { dlogits: BATCH * CLASSES, figures: 2 * BATCH };
  const held = await runOnDevice(softmaxCrossEntropy(lossShape), { ...run, outputs });
  const mean = await runOnDevice(batchMetrics({ batch: BATCH, slots: 1 }), {
    operands: { figures: held('figures') },
    outputs: { metrics: 2 },
    step: { count: BATCH },
  });
  return { dlogits: held('dlogits'), figures: held('figures'), loss: at(mean('metrics'), 0) };
}

describe('the loss', () => {
  it('is NaN where a logit is, and the gradient of that row', async () => {
    const logits = sampleValues([BATCH * CLASSES], 1);
    for (let place = 0; place < logits.length; place++) {
      const poisoned = withNan(logits, place, at(nans, place % nans.length));
      const { dlogits, figures, loss } = await lossOf(poisoned);
      const row = Math.floor(place / CLASSES);
      expect(loss).toBeNaN();
      expect(figures[2 * row]).toBeNaN();
      expect(isEvery(dlogits.slice(row * CLASSES, (row + 1) * CLASSES), Number.isNaN)).toBe(true);
    }
  });

  it('does not change by a bit when a number is added to all logits', async () => {
    const whole = fc.array(fc.integer({ min: -12, max: 12 }), {
      ...{ minLength: BATCH * CLASSES, maxLength: BATCH * CLASSES },
    });
    const shift = fc.integer({ min: -(2 ** 20), max: 2 ** 20 });
    await fc.assert(
      fc.asyncProperty(whole, shift, async (logits, by) => {
        const plain = await lossOf(Float32Array.from(logits));
        const shifted = await lossOf(Float32Array.from(logits, (logit) => logit + by));
        expect(shifted).toEqual(plain);
      }),
      { numRuns: 15, seed: 1 },
    );
  });
});

describe('clipping', () => {
  it('by a norm that is NaN makes every gradient NaN', async () => {
    for (const bits of nans) {
      const squares = withNan(Float32Array.of(9, 16, 25), 1, bits);
      const held = await runOnDevice(clipFactor(3, 2), {
        operands: { squares },
        outputs: { factor: 1 },
      });
      expect(held('factor')[0]).toBeNaN();
    }
  });
});
