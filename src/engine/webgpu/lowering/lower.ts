import type { Abilities } from '../../../domain/architecture/abilities.ts';
import {
  bytesOf,
  type Elementwise,
  type Operation as Mathematics,
  type OperationKind,
  type OperationOf,
  operandsOf,
  type Value,
} from '../../../domain/architecture/operation.ts';
import { sizeOf } from '../../../domain/architecture/shape.ts';
import { assert, at } from '../../../util/assert.ts';
import { finishOf } from '../gemm/finish.ts';
import type { Finish } from '../gemm/problem.ts';
import { augmentBatch } from '../kernels/augmentBatch.ts';
import { avgPool, avgPoolGradient } from '../kernels/avgPool.ts';
import { batchMetrics } from '../kernels/batchMetrics.ts';
import {
  batchMoments,
  batchNorm,
  batchNormInputGradient,
  batchNormStillGradient,
  batchNormWeightGradients,
} from '../kernels/batchNorm.ts';
import { joinChannels, takeChannels } from '../kernels/channels.ts';
import { columnSums } from '../kernels/columnSums.ts';
import { conv2d } from '../kernels/conv2d.ts';
import { conv2dFilterGradient } from '../kernels/conv2dFilterGradient.ts';
import { conv2dInputGradient } from '../kernels/conv2dInputGradient.ts';
import { elementwise } from '../kernels/elementwise.ts';
import { gatherBatch } from '../kernels/gatherBatch.ts';
import { clipFactor, squareSum } from '../kernels/gradientNorm.ts';
import { lrn } from '../kernels/lrn.ts';
import { lrnGradient } from '../kernels/lrnGradient.ts';
import { matMul } from '../kernels/matMul.ts';
import { argmaxBytes, maxPool } from '../kernels/maxPool.ts';
import { maxPoolGradient } from '../kernels/maxPoolGradient.ts';
import { optimizerUpdate } from '../kernels/optimizer.ts';
import { softmaxCrossEntropy } from '../kernels/softmaxCrossEntropy.ts';
import type { DeviceTraits, Operation } from '../operation.ts';

/** From the operations of a plan to those of the GPU, whose operands have the names of the formulas. */

type Lowering<Kind extends OperationKind> = (
  operation: OperationOf<Kind>,
  traits: DeviceTraits,
) => Operation;

const lowerings: { readonly [Kind in OperationKind]?: Lowering<Kind> } = {
  conv2d: (operation, traits) => conv2d(operation.of, traits, finishOn(operation)),
  conv2dFilterGradient: ({ of }, traits) => conv2dFilterGradient(of, traits),
  conv2dInputGradient: (operation, traits) =>
    conv2dInputGradient(operation.of, traits, finishOn(operation)),
  matMul: (operation, traits) =>
    matMul({ batches: 1, ...operation.of }, traits, finishOn(operation)),
  columnSums: ({ of }, traits) => columnSums(of.rows, of.columns, traits),

  addBias: alone,
  activate: alone,
  gate: alone,
  dropout: alone,

  lrn: ({ of }) => lrn(of),
  lrnGradient: (operation) => lrnGradient(operation.of, gateOn(operation)),
  batchMoments: ({ of }) => batchMoments(of),
  batchNorm: ({ of }) => batchNorm(of),
  batchNormWeightGradients: ({ of }) => batchNormWeightGradients(of),
  batchNormInputGradient: ({ of }) => batchNormInputGradient(of),
  batchNormStillGradient: ({ of }) => batchNormStillGradient(of),
  maxPool: ({ of, writes }) => maxPool(of, 'argmax' in writes),
  maxPoolGradient: (operation) => maxPoolGradient(operation.of, gateOn(operation)),
  avgPool: ({ of }) => avgPool(of),
  avgPoolGradient: (operation) => avgPoolGradient(operation.of, gateOn(operation)),
  takeChannels: ({ of, writes }) => takeChannels(sizeOf(first(writes).shape) / of.count, of),
  joinChannels({ of: { channels }, writes }) {
    const all = channels.reduce((sum, count) => sum + count, 0);
    return joinChannels(sizeOf(first(writes).shape) / all, channels);
  },

  gatherBatch({ of, writes }) {
    const [batch = 1, ...image] = first(writes).shape;
    return gatherBatch({ batch, imageBytes: sizeOf(image), ...of });
  },
  augmentBatch({ of: { offset, factor, bends, thickens }, writes }) {
    const [batch = 1, height = 1, width = 1, channels = 1] = first(writes).shape;
    const augment = { image: { height, width, channels }, bends, thickens };
    return augmentBatch({ batch, augment, offset, factor });
  },
  softmaxCrossEntropy: ({ of }) => softmaxCrossEntropy(of),
  meanMetrics: ({ of }, traits) => batchMetrics(of, traits),
  squareSum: ({ of: { size, slot, slots } }, traits) => squareSum(size, slot, slots, traits),
  clipFactor: ({ of: { slots, maxNorm } }) => clipFactor(slots, maxNorm),
  update: ({ of: { size, rule, ...options } }) => optimizerUpdate(size, rule, options),
};

const products: ReadonlySet<OperationKind> = new Set(['conv2d', 'conv2dInputGradient', 'matMul']);
const elementwiseKinds: ReadonlySet<OperationKind> = new Set([
  ...(['addBias', 'activate', 'gate', 'dropout'] as const),
]);
const withGate: ReadonlySet<OperationKind> = new Set(['maxPoolGradient', 'avgPoolGradient']);

export const webgpuAbilities: Abilities = {
  kinds: new Set(Object.keys(lowerings) as OperationKind[]),
  folds({ kind, reads, finish = [] }, next) {
    // A shader has room for one of each, and adds a bias before anything else.
    const isFirst = kind !== next.kind && finish.every((done) => done.kind !== next.kind);
    const isInOrder = next.kind !== 'addBias' || finish.length === 0;
    if (products.has(kind) || elementwiseKinds.has(kind)) return isFirst && isInOrder;
    if (next.kind !== 'gate' || finish.length > 0) return false;
    return (
      withGate.has(kind) || (kind === 'lrnGradient' && next.reads.gated?.name === reads.x?.name)
    );
  },
};

/** An operation of the GPU, and which value each of its operands is. */
export interface Lowered {
  readonly operation: Operation;
  readonly values: ReadonlyMap<string, Value>;
}

export function lowerToShaders(mathematics: Mathematics, traits: DeviceTraits): Lowered {
  const lower = lowerings[mathematics.kind] as Lowering<OperationKind> | undefined;
  assert(lower, `the GPU has a kernel for ${mathematics.kind}`);
  const operation = lower(mathematics, traits);
  const bound = new Set(
    operation.variants.flatMap(({ shaders }) => shaders.flatMap(({ operands }) => operands)),
  );
  const values = Object.entries(operandsOf(mathematics)).filter(([operand]) => bound.has(operand));
  return { operation, values: new Map(values) };
}

/** Bytes that a value has on the GPU, as an operand of this operation. */
export function bytesOnGpu(value: Value, { kind, of }: Mathematics): number {
  const isPlaces = value.element === 'place';
  return isPlaces && (kind === 'maxPool' || kind === 'maxPoolGradient')
    ? argmaxBytes(of)
    : bytesOf(value);
}

function first(writes: Readonly<Record<string, Value>>): Value {
  const [value] = Object.values(writes);
  assert(value, 'an operation writes something');
  return value;
}

type Finished = Pick<OperationOf<OperationKind>, 'writes' | 'finish'>;

/** What is done on the way out, if anything. */
function finishOn({ writes, finish = [] }: Finished): Finish | undefined {
  const { shape } = first(writes);
  return finishOf(finish, sizeOf(shape), at(shape, shape.length - 1));
}

/** An elementwise operation that could not be folded into another, and what is folded into it. */
function alone(operation: Elementwise & Finished): Operation {
  const { shape } = first(operation.writes);
  const columns = at(shape, shape.length - 1);
  const finish = finishOn({ ...operation, finish: [operation, ...(operation.finish ?? [])] });
  assert(finish, 'an elementwise operation changes something');
  return elementwise(sizeOf(shape) / columns, columns, finish);
}

function gateOn({ finish = [] }: Finished) {
  const [operation] = finish as readonly Extract<Mathematics, Elementwise>[];
  return operation?.kind === 'gate' ? operation.of.gate : ({ kind: 'open' } as const);
}
