import type { BatchNormShape } from '../../../domain/architecture/operation.ts';
import { FLOAT_BYTES, type Operation, type Shader } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { type Binding, declareBindings, f32, lanesOf, laneType, linearGrid } from '../wgsl.ts';
import { type BatchSum, batchSum, piecesBytes } from './batchSums.ts';

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015, algorithm 1):
 *
 *   y = gamma * (x - mean) / s + beta,   s = sqrt(variance + epsilon)
 *
 * in training with the mean and variance of the batch, and afterwards with their moving averages. Of the
 * images that the last batch of an epoch lacks, none counts.
 */

const keyOf = ({ batch, pixels, channels, momentum, epsilon }: BatchNormShape): string =>
  `${batch}x${pixels}x${channels}, momentum ${momentum}, epsilon ${epsilon}`;

const floatsOf = ({ batch, pixels, channels }: BatchNormShape): number => batch * pixels * channels;

/**
 * Mean and variance, the variance divided by the number of pixels, and both moved into their averages:
 * `moving <- moving - (1 - momentum) (moving - value)`.
 *
 * Operands: `x`, `mean`, `variance`, `movingMean`, `movingVariance`, `step`.
 */
export function batchMoments(shape: BatchNormShape): Operation {
  const takes = f32(1 - shape.momentum);
  const moved = (moving: string, value: string) => `
  ${value}[vector] = sum / rows;
  ${moving}[vector] -= (${moving}[vector] - sum / rows) * ${takes};`;
  const first: BatchSum = {
    ...shape,
    ...{ images: ['x'], perChannel: [], value: 'x[i]' },
    ...{ results: ['mean', 'movingMean'], finish: moved('movingMean', 'mean') },
  };
  const second: BatchSum = {
    ...shape,
    ...{ images: ['x'], perChannel: ['mean'] },
    value: '(x[i] - mean[vector]) * (x[i] - mean[vector])',
    ...{ results: ['variance', 'movingVariance'], finish: moved('movingVariance', 'variance') },
  };
  return twoSums('batchMoments', shape, first, second, 2);
}

/**
 *   dbeta = sum of dy,   dgamma = sum of dy * (x - mean) / s
 *
 * and `meanGradient`, dbeta over the pixels. As `x - mean` adds up to zero, dy counts in dgamma less its
 * own mean, which rounds less.
 *
 * Operands: `dy`, `x`, `mean`, `variance`, `dgamma`, `dbeta`, `meanGradient`, `step`.
 */
export function batchNormWeightGradients(shape: BatchNormShape): Operation {
  const first: BatchSum = {
    ...shape,
    ...{ images: ['dy'], perChannel: [], value: 'dy[i]' },
    results: ['dbeta', 'meanGradient'],
    finish: 'dbeta[vector] = sum;\n  meanGradient[vector] = sum / rows;',
  };
  const second: BatchSum = {
    ...shape,
    ...{ images: ['dy', 'x'], perChannel: ['meanGradient', 'mean'] },
    atTheEnd: ['variance'],
    value: '(dy[i] - meanGradient[vector]) * (x[i] - mean[vector])',
    results: ['dgamma'],
    finish: `dgamma[vector] = sum / sqrt(variance[vector] + ${f32(shape.epsilon)});`,
  };
  return twoSums('batchNormWeightGradients', shape, first, second, 3);
}

function twoSums(
  op: string,
  shape: BatchNormShape,
  first: BatchSum,
  second: BatchSum,
  passes: number,
): Operation {
  const shaders = [...batchSum(first), ...batchSum(second)];
  return operationOf(op, shape, shaders, passes, piecesBytes(first));
}

/** Operands: `x`, `mean`, `variance`, `gamma`, `beta`, `y`. */
export function batchNorm(shape: BatchNormShape): Operation {
  const reads = ['x', 'mean', 'variance', 'gamma', 'beta'];
  const value = `(x[item] - mean[c]) * (gamma[c] / ${deviation(shape)}) + beta[c]`;
  return perPixel('batchNorm', shape, reads, 'y', value, false);
}

/**
 * By the input, which moves the batch's mean and variance too:
 *
 *   dx = gamma / s * (dy - meanGradient - (x - mean) / s * dgamma / (s rows))
 *
 * Operands: `dy`, `x`, `mean`, `variance`, `gamma`, `dgamma`, `meanGradient`, `dx`, `step`.
 */
export function batchNormInputGradient(shape: BatchNormShape): Operation {
  const reads = ['dy', 'x', 'mean', 'variance', 'gamma', 'dgamma', 'meanGradient'];
  const rows = `f32(step.count * ${shape.pixels}u)`;
  const s = deviation(shape);
  const pull = `(x[item] - mean[c]) * (dgamma[c] / ${rows} / ${s})`;
  const value = `(dy[item] - meanGradient[c] - ${pull}) * (gamma[c] / ${s})`;
  return perPixel('batchNormInputGradient', shape, reads, 'dx', value, true);
}

/** Where mean and variance stand still. Operands: `dy`, `variance`, `gamma`, `dx`. */
export function batchNormStillGradient(shape: BatchNormShape): Operation {
  const value = `dy[item] * (gamma[c] / ${deviation(shape)})`;
  return perPixel('batchNormStillGradient', shape, ['dy', 'variance', 'gamma'], 'dx', value, false);
}

const deviation = ({ epsilon }: BatchNormShape): string => `sqrt(variance[c] + ${f32(epsilon)})`;

/** @param counted whether what lies behind the batch's images becomes zero */
function perPixel(
  op: string,
  shape: BatchNormShape,
  reads: readonly string[],
  result: string,
  value: string,
  counted: boolean,
): Operation {
  const lanes = lanesOf(shape.channels);
  const type = laneType(lanes);
  const vectors = shape.channels / lanes;
  const grid = linearGrid(floatsOf(shape) / lanes);
  const bindings: Binding[] = [
    ...reads.map((name): Binding => ({ name, access: 'read', type: `array<${type}>` })),
    { name: result, access: 'read_write', type: `array<${type}>` },
    ...(counted ? [STEP_BINDING] : []),
  ];
  const isThere = `item < step.count * ${shape.pixels * vectors}u`;
  const wgsl = `${counted ? STEP_STRUCT : ''}
${declareBindings(bindings)}
${grid.main(`
  let c = item % ${vectors}u;
  let value = ${value};
  ${result}[item] = ${counted ? `select(${type}(), value, ${isThere})` : 'value'};`)}`;
  const operands = bindings.map(({ name }) => name);
  const shader = { label: op, wgsl, operands, workgroups: grid.workgroups };
  const passes = 1 + reads.filter((name) => name === 'x' || name === 'dy').length;
  return operationOf(op, shape, [shader], passes);
}

function operationOf(
  op: string,
  shape: BatchNormShape,
  shaders: readonly Shader[],
  passes: number,
  pieces = 0,
): Operation {
  return {
    op,
    shape: keyOf(shape),
    flops: 4 * floatsOf(shape),
    bytes: passes * floatsOf(shape) * FLOAT_BYTES,
    variants: [
      {
        name: `${lanesOf(shape.channels)} channels`,
        shaders,
        scratch: pieces > 0 ? { pieces } : {},
      },
    ],
  };
}
