import { at } from '../../util/assert.ts';
import { type Activation, gateOf } from './activation.ts';
import { inner, type Placed, weightOf } from './layerKind.ts';
import { gradientOf, type Operation, type Value } from './operation.ts';
import { sizeOf } from './shape.ts';
import type { WeightSpec } from './weight.ts';

/**
 * What convolutions and dense layers have in common: `y = activation(sums + bias)`, with a kernel that
 * makes the sums of x, and on the way back
 *
 *   d sums = d y * activation',   d bias = sum of the rows of d sums
 */
export interface AffineLayer {
  readonly name: string;
  readonly activation: Activation;
}

export const kernelAndBias = (
  layer: string,
  kernel: readonly number[],
  outputs: number,
): WeightSpec[] => [
  { name: `${layer}/kernel`, shape: kernel },
  { name: `${layer}/bias`, shape: [outputs] },
];

/** A row for each pixel or image. */
function matrixOf({ shape }: Value) {
  const columns = at(shape, shape.length - 1);
  return { rows: sizeOf(shape) / columns, columns };
}

/** From the sums, or those of some of the columns, to `y`. */
export function finishSums(
  { layer: { activation } }: Placed<AffineLayer>,
  sums: Value,
  bias: Value,
  y: Value,
): Operation[] {
  const biased = activation === 'linear' ? y : { name: `${y.name} biased`, shape: y.shape };
  const add: Operation = {
    kind: 'addBias',
    of: matrixOf(y),
    reads: { x: sums, bias },
    writes: { y: biased },
  };
  if (activation === 'linear') return [add];
  return [add, { kind: 'activate', of: { activation }, reads: { x: biased }, writes: { y } }];
}

/** The gradient of the sums, and the operations that make it, and that of the bias, of `d y`. */
export function sumsGradient(place: Placed<AffineLayer>): {
  dsums: Value;
  operations: Operation[];
} {
  const { layer, y } = place;
  const gate = gateOf(layer.activation);
  const dy = gradientOf(y);
  const dsums = gate.kind === 'open' ? dy : gradientOf(inner(place, 'sums', y.shape));
  const through: Operation[] =
    gate.kind === 'open'
      ? []
      : [{ kind: 'gate', of: { gate }, reads: { x: dy, gated: y }, writes: { y: dsums } }];
  const dbias = gradientOf(weightOf(place, 'bias'));
  return {
    dsums,
    operations: [
      ...through,
      { kind: 'columnSums', of: matrixOf(y), reads: { x: dsums }, writes: { sums: dbias } },
    ],
  };
}
