/**
 * How a gradient changes a weight. With t the number of updates, this one included:
 *
 * `adam` (Kingma and Ba 2015, in the form of its section 2, as TensorFlow has it):
 *   m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *   w <- w - rate m / (sqrt(v) + epsilon),   rate = lr sqrt(1 - b2^t) / (1 - b1^t)
 *
 * `adamw` (Loshchilov and Hutter 2019, algorithm 2): the same, after  w <- w - lr decay w.
 *
 * `momentum` (Polyak 1964, as TensorFlow and PyTorch have it):  m <- b1 m + g,   w <- w - lr m
 */
export type OptimizerRule =
  | {
      readonly kind: 'adam' | 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | { readonly kind: 'momentum'; readonly beta1: number };

/** With the constants that Kingma and Ba recommend. */
export const ADAM = {
  kind: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const satisfies OptimizerRule;

/** Kernels decay; biases, which are vectors, do not: they overfit little, and are to be free. */
export function isDecayed(shape: readonly number[]): boolean {
  return shape.length > 1;
}

/** The rate of the update number `updates`, which counts from 1. */
export function effectiveRate(rule: OptimizerRule, learningRate: number, updates: number): number {
  if (rule.kind === 'momentum') return learningRate;
  const { beta1, beta2 } = rule;
  return (learningRate * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
}

export function usesSecondMoment(rule: OptimizerRule): boolean {
  return rule.kind !== 'momentum';
}
