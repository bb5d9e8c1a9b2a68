/**
 * How a gradient changes a weight. With t the number of updates, this one included:
 *
 * `adam` (Kingma and Ba 2015, in the form of its section 2, as TensorFlow has it):
 *   m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *   w <- w - rate m / (sqrt(v) + epsilon),   rate = lr sqrt(1 - b2^t) / (1 - b1^t)
 *
 * `adamw` (Loshchilov and Hutter 2019, algorithm 2), where both changes are added first, because
 * 1 - lr decay would be rounded to a multiple of 6e-8, and a smaller decay to none:
 *   w <- w - (w lr decay + rate m / (sqrt(v) + epsilon))
 *
 * What is smaller than `VANISHING` becomes 0 each time.
 */
export interface OptimizerRule {
  readonly kind: 'adam' | 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** With the constants that Kingma and Ba recommend. */
export const ADAM = {
  kind: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const satisfies OptimizerRule;

/**
 * What is smaller in size than this counts as 0 from this update on. A weight without a gradient any
 * more has moments that shrink for ever, and so does a weight that decays: without an end they come to
 * subnormal numbers and stay there, since the nearest number to 0.999 of one is itself, and with those
 * many processors are ten times slower. No weight notices: a first moment of 1e-28 moves it by less
 * than 1e-20, a gradient of 1e-16 has a square root of its second moment of 1e-16 at most, next to
 * which epsilon is 1e-8, and a second moment of 1e-35 takes such gradients to be one.
 */
export const VANISHING = { weight: 1e-28, first: 1e-28, second: 1e-35, gradient: 1e-16 } as const;

/** Kernels decay; biases, which are vectors, do not: they overfit little, and are to be free. */
export function isDecayed(shape: readonly number[]): boolean {
  return shape.length > 1;
}

/** The rate of the update number `updates`, which counts from 1. */
export function effectiveRate(rule: OptimizerRule, learningRate: number, updates: number): number {
  const { beta1, beta2 } = rule;
  return (learningRate * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
}
