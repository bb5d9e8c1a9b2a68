import { assert } from '../../util/assert.ts';
import type { Operation, Value } from './operation.ts';
import type { WeightSpec } from './weight.ts';

/**
 * What there is to know of a kind of layer: what it makes of shapes, which weights it has, and its
 * mathematics forward and backward. A kind is one file; `layer.ts` lists them all.
 */
export interface LayerKind<Layer> {
  /** `[height, width, channels]`, or `[units]` behind the flattening, of one image. */
  outputShape(layer: Layer, inputShape: readonly number[]): readonly number[];
  weights?(layer: Layer, inputShape: readonly number[]): WeightSpec[];
  /** From `x` to `y`. */
  forward(at: Placed<Layer>): Operation[];
  /**
   * From `d y` to `d x`, and to `d w` of each weight that learns. It may say more than is wanted:
   * what nobody reads is left out of a plan.
   */
  backward(at: Placed<Layer>): Operation[];
}

/** A layer in its place in a network, with a batch of images going through. */
export interface Placed<Layer> {
  readonly layer: Layer;
  /** Its number in the network. */
  readonly index: number;
  readonly batch: number;
  /** Of one image. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly weights: readonly WeightSpec[];
  /** Whether the batch is trained on, or looked at: then nothing drops and no statistics move. */
  readonly training: boolean;
  readonly x: Value;
  readonly y: Value;
}

/** The numbers that change from step to step: which one it is, how large it is, its rates. */
export const STEP: Value = { name: 'step', shape: [8], element: 'word', lasts: true };

/** The weight of this name, as `kernel`. */
export function weightOf({ layer, weights }: Placed<{ name: string }>, part: string): Value {
  const name = `${layer.name}/${part}`;
  const spec = weights.find((weight) => weight.name === name);
  assert(spec, `there is a weight ${name}`);
  return { name, shape: spec.shape, lasts: true };
}

/** A value within a layer: `conv1 sums`. */
export const inner = (
  { layer }: Placed<{ name: string }>,
  part: string,
  shape: readonly number[],
): Value => ({ name: `${layer.name} ${part}`, shape });

/** Nothing happens to the numbers. */
export const view = (x: Value, y: Value): Operation => ({
  kind: 'view',
  of: {},
  reads: { x },
  writes: { y },
});
