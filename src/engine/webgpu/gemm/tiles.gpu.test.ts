import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import { at } from '../../../util/assert.ts';
import { pcg4d } from '../../../util/random.ts';
import { webgpuTraits } from '../../device.ts';
import { startEngine } from '../../engines.ts';
import { maskThreshold } from '../../maskPlan.ts';
import { relativeError, sampleValues } from '../../testing/compare.ts';
import { conv2dProblem } from '../kernels/conv2d.ts';
import { conv2dFilterGradientProblem } from '../kernels/conv2dFilterGradient.ts';
import { conv2dInputGradientProblem } from '../kernels/conv2dInputGradient.ts';

import { type MatMulShape, matMulProblem } from '../kernels/matMul.ts';
import { FLOAT_BYTES, type Variant } from '../operation.ts';
import {
  plainConv2d,
  plainFilterGradient,
  plainInputGradient,
  plainMatMul,
} from '../testing/products.ts';
import { runVariant } from '../testing/runOnDevice.ts';
import { biasThenActivation, throughGate } from './finish.ts';
import type { Finish, GemmProblem } from './problem.ts';
import { type QuadTile, quadTileShader } from './quadTile.ts';
import { type RegisterTile, registerTileShader, unrollFor } from './registerTile.ts';
import { PARTIAL_SUMS, splitDepth } from './splitDepth.ts';
import { type WorkgroupTile, workgroupTileShader } from './workgroupTile.ts';

/** Whoever computes which tile, and in how many pieces, the product is the same. */

const TOLERANCE = 1e-5;
const STEP = { seed: 20, step: 3 };

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

interface Case {
  readonly name: string;
  readonly problem: GemmProblem;
  readonly expected: (a: Float32Array, b: Float32Array) => Float64Array;
  /** What `problem.c.finish` does to the value at a position, in 64 bits. */
  readonly finished?: (value: number, position: number) => number;
  readonly finishOperands?: Readonly<Record<string, Float32Array>>;
}

function matMulCase(name: string, shape: Partial<MatMulShape>, finish?: FinishCase): Case {
  const whole = {
    ...{ batches: 1, rows: 1, columns: 1, depth: 1, transposeA: false, transposeB: false },
    ...shape,
  };
  return {
    name,
    problem: matMulProblem(whole, finish?.finish),
    expected: (a, b) => plainMatMul(whole, a, b),
    ...finish,
  };
}

/** Three images of 5x7 by windows of 3x2, padded, unless told otherwise. */
function geometry(changes: Partial<ConvGeometry>): ConvGeometry {
  return {
    ...{ batch: 3, inHeight: 5, inWidth: 7, inChannels: 3, outChannels: 5 },
    ...{ outHeight: 5, outWidth: 7, filterHeight: 3, filterWidth: 2 },
    ...{ strideHeight: 1, strideWidth: 1, padTop: 1, padLeft: 0 },
    ...changes,
  };
}

const strided = geometry({
  ...{ outHeight: 3, outWidth: 3, strideHeight: 2, strideWidth: 3, padLeft: 1 },
  ...{ filterWidth: 3, outChannels: 8 },
});
/** No divisor from 3 to 16 cuts a depth of 19 channels or pixels. */
const prime = geometry({ inWidth: 19, outWidth: 19, filterWidth: 1, inChannels: 19 });

const convCase = (name: string, g: ConvGeometry): Case => ({
  name: `conv2d ${name}`,
  problem: conv2dProblem(g),
  expected: (x, filters) => plainConv2d(g, x, filters),
});
const filterGradientCase = (name: string, g: ConvGeometry): Case => ({
  name: `filter gradient ${name}`,
  problem: conv2dFilterGradientProblem(g),
  expected: (x, dy) => plainFilterGradient(g, x, dy),
});
const inputGradientCase = (name: string, g: ConvGeometry): Case => ({
  name: `input gradient ${name}`,
  problem: conv2dInputGradientProblem(g),
  expected: (dy, filters) => plainInputGradient(g, dy, filters),
});

type FinishCase = Pick<Case, 'finished' | 'finishOperands'> & { readonly finish: Finish };

function biasReluDropout(columns: number): FinishCase {
  const bias = sampleValues([columns], 5);
  const dropout = { rate: 0.4, stream: 260 };
  const { dropBelow, scale } = maskThreshold(dropout.rate);
  return {
    finish: biasThenActivation(columns, { activation: 'relu', dropout }),
    finishOperands: { bias },
    finished: (value, position) => {
      const bits = pcg4d(STEP.seed, dropout.stream, STEP.step, Math.floor(position / 4));
      const kept = at(bits, position % 4) >>> 8 >= dropBelow ? scale : 0;
      return Math.max(0, value + at(bias, position % columns)) * kept;
    },
  };
}

function biasTanh(columns: number): FinishCase {
  const bias = sampleValues([columns], 5);
  return {
    finish: biasThenActivation(columns, { activation: 'tanh' }),
    finishOperands: { bias },
    finished: (value, position) => Math.tanh(value + at(bias, position % columns)),
  };
}

function reluGate(size: number): FinishCase {
  const gated = sampleValues([size], 6).map((value) => Math.max(0, value));
  const finish = throughGate(size, { kind: 'relu', scale: 2 });
  if (!finish) throw new Error('a ReLU has a gate');
  return {
    finish,
    finishOperands: { gated },
    finished: (value, position) => (at(gated, position) > 0 ? 2 * value : 0),
  };
}

const ragged = matMulCase('matMul, ragged', { batches: 2, rows: 9, depth: 19, columns: 21 });
/** Three taps of 64. */
const twoBatches = matMulCase('matMul of both transposed', {
  ...{ batches: 2, rows: 21, depth: 192, columns: 9, transposeA: true, transposeB: true },
});
const raggedConv = convCase('ragged', geometry({}));
const raggedFilterGradient = filterGradientCase('ragged', geometry({}));
const stridedFilterGradient = filterGradientCase('with strides', strided);
const stridedInputGradient = inputGradientCase('with strides', strided);

const plain: readonly Case[] = [
  ragged,
  twoBatches,
  matMulCase('matMul, wide', { rows: 37, depth: 18, columns: 36 }),
  matMulCase('matMul of one matrix for all', {
    batches: 2,
    rows: 5,
    depth: 6,
    columns: 8,
    sharedB: true,
  }),
  raggedConv,
  convCase('with strides', strided),
  convCase('of 19 channels', prime),
  raggedFilterGradient,
  stridedFilterGradient,
  filterGradientCase('of 19 pixels', prime),
  stridedInputGradient,
];
/** Four steps, rows or columns side by side, which quads load as vectors. */
const fours: readonly Case[] = [
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) =>
      matMulCase(`matMul in fours, ${transposeA ? 'A^T' : 'A'} ${transposeB ? 'B^T' : 'B'}`, {
        ...{ batches: 2, rows: 28, depth: 36, columns: 28, transposeA, transposeB },
      }),
    ),
  ),
  matMulCase('matMul of columns in fours, rows not', { rows: 5, depth: 18, columns: 20 }),
  convCase('in fours', geometry({ inChannels: 4, outChannels: 24 })),
  convCase('in fours, with strides', { ...strided, inChannels: 8 }),
  filterGradientCase('in fours', geometry({ inChannels: 4, outChannels: 24 })),
  filterGradientCase('in fours, with strides', { ...strided, inChannels: 8 }),
  filterGradientCase('of 19 pixels, in fours', { ...prime, inChannels: 4, outChannels: 8 }),
  inputGradientCase('in fours', geometry({ inChannels: 4, outChannels: 24 })),
  inputGradientCase('in fours, with strides', { ...strided, inChannels: 8 }),
];
const foursFilterGradient = fours.filter(({ name }) => name === 'filter gradient in fours');

/** For tiles that take a software adapter a second to compile. */
const few = [ragged, stridedFilterGradient];

const finished: readonly Case[] = [17, 20].flatMap((columns) => {
  const shape = { rows: 11, depth: 128 + 64, columns };
  return [
    matMulCase(`bias, ReLU and dropout of ${columns} columns`, shape, biasReluDropout(columns)),
    matMulCase(`bias and tanh of ${columns} columns`, shape, biasTanh(columns)),
    matMulCase(`a gate of ${columns} columns`, shape, reluGate(11 * columns)),
  ];
});

const register = (tile: Omit<RegisterTile, 'workgroupSize'>, workgroupSize = 4) => ({
  name: `${tile.share ? 'quad' : 'tile'} of ${tile.rows} rows, ${tile.vectors} vectors, ${tile.unroll} steps`,
  share: tile.share,
  shader: (problem: GemmProblem) => registerTileShader(problem, { ...tile, workgroupSize }),
});
const quadTile = (tile: QuadTile) => ({
  name: `quad tile of four times ${tile.quadRows} rows, ${tile.columns} columns, ${tile.unroll} steps`,
  share: true,
  shader: (problem: GemmProblem) => quadTileShader(problem, tile),
});
const workgroup = (tile: WorkgroupTile) => ({
  name: `workgroup tile of ${tile.rows} rows, ${tile.vectors} vectors, slices of ${tile.slice}`,
  share: false,
  shader: (problem: GemmProblem) => workgroupTileShader(problem, tile),
});

const small = register({ rows: 4, vectors: 1, unroll: 4, share: false });
const quad = register({ rows: 4, vectors: 2, unroll: 5, share: true }, 64);
const shared = workgroup({ rows: 4, vectors: 1, slice: 16 });
/** Quick to compile in software. */
const smallSchedules = [
  small,
  quad,
  register({ rows: 7, vectors: 2, unroll: 3, share: false }, 64),
];
const largeSchedules = [
  quadTile({ quadRows: 8, columns: 32, unroll: 4 }),
  register({ rows: 16, vectors: 2, unroll: 4, share: false }),
  shared,
  workgroup({ rows: 4, vectors: 2, slice: 7 }),
  // What hardware takes first.
  workgroup({ rows: 8, vectors: 2, slice: 8 }),
  workgroup({ rows: 8, vectors: 1, slice: 16 }),
];

const smallQuadTile = quadTile({ quadRows: 4, columns: 24, unroll: 4 });
const quadTiles = [
  smallQuadTile,
  quadTile({ quadRows: 1, columns: 4, unroll: 14 }),
  quadTile({ quadRows: 3, columns: 20, unroll: 9 }),
];

type Schedule = typeof small;

function variantOf(problem: GemmProblem, schedule: Schedule, pieces: number): Variant {
  if (pieces === 1) return { name: 'whole', shaders: [schedule.shader(problem)], scratch: {} };
  const { partial, sum, partialFloats } = splitDepth(problem, pieces);
  return {
    name: `in ${pieces}`,
    shaders: [schedule.shader(partial), sum],
    scratch: { [PARTIAL_SUMS]: partialFloats * FLOAT_BYTES },
  };
}

async function expectProduct(
  { skip }: TestContext,
  { problem, expected, finished, finishOperands }: Case,
  schedule: Schedule,
  pieces = 1,
): Promise<void> {
  skip(schedule.share && !webgpuTraits().subgroups, 'this device has no subgroups to share in');
  const a = sampleValues([problem.a.size], 1);
  const b = sampleValues([problem.b.size], 2);
  const sums = expected(a, b);
  const reference = finished ? sums.map(finished) : sums;

  const held = await runVariant(variantOf(problem, schedule, pieces), {
    operands: { [problem.a.name]: a, [problem.b.name]: b, ...finishOperands },
    outputs: { [problem.c.name]: problem.c.size },
    step: STEP,
  });

  const error = relativeError(held(problem.c.name), Float32Array.from(reference));
  expect(error).toBeLessThan(TOLERANCE);
}

describe.each(smallSchedules)('a $name', (schedule) => {
  it.for(plain)('computes $name', (product, context) => expectProduct(context, product, schedule));
});

describe.each(quadTiles)('a $name', (schedule) => {
  it.for([...plain, ...fours])('computes $name', (product, context) =>
    expectProduct(context, product, schedule),
  );
});

describe.each(largeSchedules)('a $name', (schedule) => {
  it.for(few)('computes $name', (product, context) => expectProduct(context, product, schedule));
});

describe('the depth in pieces', () => {
  it.for([
    { product: raggedConv, pieces: 2, schedule: small },
    { product: raggedConv, pieces: 3, schedule: quad },
    { product: raggedFilterGradient, pieces: 4, schedule: small },
    { product: raggedFilterGradient, pieces: 5, schedule: quad },
    { product: stridedFilterGradient, pieces: 2, schedule: small },
    { product: stridedFilterGradient, pieces: 4, schedule: shared },
    { product: stridedInputGradient, pieces: 5, schedule: small },
    { product: stridedInputGradient, pieces: 3, schedule: quad },
    ...[2, 4].flatMap((pieces) =>
      [raggedConv, stridedInputGradient, twoBatches, ...foursFilterGradient].map((product) => ({
        ...{ product, pieces, schedule: smallQuadTile },
      })),
    ),
    { product: twoBatches, pieces: 2, schedule: small },
    { product: twoBatches, pieces: 3, schedule: quad },
  ])('gives $product.name in $pieces by a $schedule.name', (split, context) =>
    expectProduct(context, split.product, split.schedule, split.pieces),
  );
});

describe.each([1, 2])('what becomes of the sums, added up in %i', (pieces) => {
  it.for(finished)('is $name', (product, context) =>
    expectProduct(context, product, pieces === 1 ? quad : small, pieces),
  );
  it.for(finished)('is $name, by a quad tile', (product, context) =>
    expectProduct(context, product, smallQuadTile, pieces),
  );
});

describe('the depth of 19', () => {
  it('is no multiple of any unrolling, so that these tiles have guards', () => {
    for (const wanted of [3, 4, 5, 6, 14]) expect(19 % unrollFor(19, wanted)).not.toBe(0);
  });
});
