import type { OptimizerRule } from '../recipe/optimizerRule.ts';
import type { Activation, Gate } from './activation.ts';
import { sizeOf } from './shape.ts';
import type { ConvGeometry, PoolGeometry } from './window.ts';

/**
 * The mathematics of a network, step by step, as plain data.
 *
 * A **value** is an array with a name: images, a weight, what lies between two layers. An **operation**
 * reads values and writes others. What it computes is said by its `kind` and the numbers `of` it;
 * which value plays which part, by `reads` and `writes`, whose keys are the names of the formula.
 * A value is written once, but for those that last (weights, moments), which are changed in place.
 *
 * The **gradient** of a value v is that of the loss by v, and is called `d v`.
 *
 * An elementwise operation (`x` in, `y` out, of one shape) may be done on the way out of the operation
 * before it, so that its values cross the memory once: it then stands in that one's `finish`.
 */
export interface Value {
  readonly name: string;
  /** Of the whole batch, images first; a weight's as it is. */
  readonly shape: readonly number[];
  /** What its elements are; without it, 32-bit floats. `half` is a whole number of
   * 16 bits; `place` tells one place of a window. */
  readonly element?: 'byte' | 'half' | 'word' | 'place';
  /** Whether it lasts from step to step; others are needed within one alone. */
  readonly lasts?: true;
}

/** What decides an operation, beside its values. */
export interface Work {
  /** `y = x * filters`, a cross-correlation: `engine/webgpu/kernels/conv2d.ts` has the formula. */
  conv2d: ConvGeometry;
  /** `dfilters` of `x` and `dy`. */
  conv2dFilterGradient: ConvGeometry;
  /** `dx` of `dy` and `filters`. */
  conv2dInputGradient: ConvGeometry;
  /** `c = a b`, either transposed before. */
  matMul: MatMulShape;
  /** `sums[j] = sum over i of x[i, j]`. */
  columnSums: MatrixShape;

  /** `y = x + bias`, one number a column. */
  addBias: MatrixShape;
  /** `y = activation(x)`. */
  activate: { readonly activation: Exclude<Activation, 'linear'> };
  /** `y = x * the activation's derivative`, told from its output, `gated`. */
  gate: { readonly gate: Gate };
  /** `y = x * mask`, drawn from the stream of this layer and `step`: see `engine/dropoutMask.ts`. */
  dropout: { readonly rate: number; readonly layer: number };

  /** `y = x * (bias + alpha * window sum of x^2)^-beta`, across channels. */
  lrn: LrnShape;
  /** `dx` of `dy` and `x`. */
  lrnGradient: LrnShape;
  /** `mean` and `variance` of `x` a channel, also moved into `movingMean` and `movingVariance`. */
  batchMoments: BatchNormShape;
  /** `y = gamma * (x - mean) / sqrt(variance + epsilon) + beta`. */
  batchNorm: BatchNormShape;
  /** `dgamma`, `dbeta`, and `meanGradient`, which is dbeta over the rows, of `dy`, `x`, `mean`, `variance`. */
  batchNormWeightGradients: BatchNormShape;
  /** `dx` of all of these: it moves the batch's mean and variance too. */
  batchNormInputGradient: BatchNormShape;
  /** `dx = gamma / sqrt(variance + epsilon) * dy`, where mean and variance stand still. */
  batchNormStillGradient: BatchNormShape;
  /** `y`, the largest of each window of `x`, and `argmax`, where in its window that stood. */
  maxPool: PoolGeometry;
  /** `dx` of `dy` and `argmax`. */
  maxPoolGradient: PoolGeometry;
  /** `y`, the mean of each window of `x`. */
  avgPool: PoolGeometry;
  /** `dx` of `dy`. */
  avgPoolGradient: PoolGeometry;

  /** `y = x[.., first .. first + count]` of the last dimension. */
  takeChannels: { readonly first: number; readonly channels: number; readonly count: number };
  /** `y`, the parts `x0`, `x1` and so on side by side in the last dimension. */
  joinChannels: { readonly channels: readonly number[] };
  /** `y = x`, of another shape: nothing happens. */
  view: Record<string, never>;
  /** `y = x`, somewhere else. */
  copy: Record<string, never>;
  /** `y`: the pixels of `x` apart by `dilation`, from `top` and `left` on, zeros around them. */
  padImages: PaddingShape;
  /** `y = x^T`. */
  transpose: MatrixShape;

  /** `x` and `targets`: the batch's images, scaled, and labels, by `order` out of `pixels`, `labels`. */
  gatherBatch: GatherShape;
  /** The same, each image varied as `variations` say. */
  augmentBatch: GatherShape & { readonly bends: boolean; readonly thickens: boolean };
  /** `dlogits`, and `figures`, each image's loss and whether it was read right. */
  softmaxCrossEntropy: LossShape;
  /** The batch's means of `figures`, put into `metrics`, where they wait to be read. */
  meanMetrics: MetricsShape;
  /** The sum of the squares of `g`, put into the `slot` of `squares`. */
  squareSum: { readonly size: number; readonly slot: number; readonly slots: number };
  /** `factor`, by which all gradients are shortened to `maxNorm` at most. */
  clipFactor: { readonly slots: number; readonly maxNorm: number };
  /** An update of `w` by `g`, and of its moments `m`, `v` and its average `a`. */
  update: UpdateShape;
}

export type OperationKind = keyof Work;

export interface OperationOf<Kind extends OperationKind> {
  readonly kind: Kind;
  readonly of: Work[Kind];
  readonly reads: Values;
  /** The first of them is the one that a `finish` may change on its way out. */
  readonly writes: Values;
  /** Elementwise operations that are done on the way out, in order; the last one's `y` is written. */
  readonly finish?: readonly Elementwise[];
}

export type Values = Readonly<Record<string, Value>>;
export type Operation = { [Kind in OperationKind]: OperationOf<Kind> }[OperationKind];
export type Elementwise = OperationOf<'addBias' | 'activate' | 'gate' | 'dropout'>;

export interface MatrixShape {
  readonly rows: number;
  readonly columns: number;
}

export interface MatMulShape extends MatrixShape {
  readonly depth: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export interface LrnShape {
  readonly pixels: number;
  readonly channels: number;
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export interface BatchNormShape {
  readonly batch: number;
  readonly pixels: number;
  readonly channels: number;
  readonly momentum: number;
  readonly epsilon: number;
}

export interface PaddingShape {
  readonly top: number;
  readonly left: number;
  readonly dilation: number;
}

export interface GatherShape {
  readonly offset: number;
  readonly factor: number;
}

export interface LossShape {
  readonly batch: number;
  readonly classes: number;
  /** Share of a label that all classes get alike. */
  readonly smoothing: number;
}

export interface MetricsShape {
  readonly batch: number;
  /** Steps whose figures wait in `metrics`. */
  readonly slots: number;
}

export interface UpdateShape {
  readonly rule: OptimizerRule;
  readonly size: number;
  /** Whether the gradient is multiplied by `factor` first. */
  readonly clipped: boolean;
  readonly averaged: boolean;
}

const elementwiseKinds: ReadonlySet<OperationKind> = new Set([
  'addBias',
  'activate',
  'gate',
  'dropout',
]);

export const isElementwise = (operation: Operation): operation is Extract<Operation, Elementwise> =>
  elementwiseKinds.has(operation.kind);

export const gradientOf = ({ name, shape }: Value): Value => ({ name: `d ${name}`, shape });

/** Multiply-adds of the products; what else there is costs memory, and hardly any arithmetic. */
export function multiplyAddsOf(operation: Operation): number {
  switch (operation.kind) {
    case 'conv2d':
    case 'conv2dFilterGradient':
    case 'conv2dInputGradient': {
      const { batch, outHeight, outWidth, filterHeight, filterWidth, ...g } = operation.of;
      const pixels = batch * outHeight * outWidth;
      return pixels * filterHeight * filterWidth * g.inChannels * g.outChannels;
    }
    case 'matMul':
      return operation.of.rows * operation.of.columns * operation.of.depth;
    default:
      return 0;
  }
}

const ELEMENT_BYTES = { byte: 1, half: 2, word: 4, place: 1 };

export const bytesOf = ({ shape, element }: Value): number =>
  sizeOf(shape) * (element ? ELEMENT_BYTES[element] : 4);

/** Every value that an operation touches, what is folded into it included. */
export function operandsOf({ reads, writes, finish = [] }: Operation): Values {
  const folded = finish.flatMap(({ reads: { x: _, ...others } }) => Object.entries(others));
  return { ...reads, ...writes, ...Object.fromEntries(folded) };
}
