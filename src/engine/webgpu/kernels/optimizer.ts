import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import {
  type Binding,
  declareBindings,
  f32,
  lanesOf,
  laneType,
  linearGrid,
  STEP_BINDING,
  STEP_STRUCT,
} from '../wgsl.ts';

/**
 * One update of one variable, in place: reads the weights, their moments and their gradient once,
 * and writes weights and moments once. With t the number of updates, this one included:
 *
 * `adam` (Kingma and Ba 2015, in the form of its section 2, as TensorFlow has it):
 *   m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *   w <- w - rate m / (sqrt(v) + epsilon),   rate = lr sqrt(1 - b2^t) / (1 - b1^t)
 *
 * `adamw` (Loshchilov and Hutter 2019, algorithm 2): the same, after  w <- w - lr decay w.
 *
 * `momentum` (Polyak 1964, as TensorFlow and PyTorch have it):  m <- b1 m + g,   w <- w - lr m
 *
 * `step.rate` is `rate` or `lr`, `step.decay` is `lr decay`: they change from step to step.
 */
export type OptimizerRule =
  | {
      readonly kind: 'adam' | 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | { readonly kind: 'momentum'; readonly beta1: number };

export const ADAM: OptimizerRule = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** `step.rate` of the update number `updates`, which counts from 1. */
export function effectiveRate(rule: OptimizerRule, learningRate: number, updates: number): number {
  if (rule.kind === 'momentum') return learningRate;
  const { beta1, beta2 } = rule;
  return (learningRate * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
}

export function usesSecondMoment(rule: OptimizerRule): boolean {
  return rule.kind !== 'momentum';
}

/**
 * Operands: `w`, `g`, `m`, `v` if the rule has one, `step`, and `factor` if the gradients are clipped
 * (see `gradientNorm.ts`).
 */
export function optimizerUpdate(size: number, rule: OptimizerRule, clipped = false): Operation {
  const lanes = lanesOf(size);
  const type = `array<${laneType(lanes)}>`;
  const grid = linearGrid(size / lanes);
  const bindings: Binding[] = [
    { name: 'w', access: 'read_write', type },
    { name: 'g', access: 'read', type },
    { name: 'm', access: 'read_write', type },
    ...(usesSecondMoment(rule) ? [{ name: 'v', access: 'read_write', type } as const] : []),
    STEP_BINDING,
    ...(clipped ? [{ name: 'factor', access: 'read', type: 'array<f32>' } as const] : []),
  ];
  const wgsl = `${STEP_STRUCT}
${declareBindings(bindings)}
${grid.main(`
  let gradient = g[item]${clipped ? ' * factor[0]' : ''};
  ${update(rule)}`)}`;
  const buffers = usesSecondMoment(rule) ? 4 : 3;
  return {
    op: 'optimizer',
    shape: `${size} ${rule.kind}${clipped ? ', clipped' : ''}`,
    flops: 12 * size,
    bytes: (buffers + buffers - 1) * size * FLOAT_BYTES,
    variants: [
      {
        name: `${rule.kind} ${lanes} weights`,
        shaders: [
          {
            label: rule.kind,
            wgsl,
            operands: bindings.map(({ name }) => name),
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}

function update(rule: OptimizerRule): string {
  if (rule.kind === 'momentum') {
    return `
  let velocity = ${f32(rule.beta1)} * m[item] + gradient;
  m[item] = velocity;
  w[item] -= step.rate * velocity;`;
  }
  const { kind, beta1, beta2, epsilon } = rule;
  const weights = kind === 'adamw' ? 'w[item] * (1.0 - step.decay)' : 'w[item]';
  return `
  let first = ${f32(beta1)} * m[item] + ${f32(1 - beta1)} * gradient;
  let second = ${f32(beta2)} * v[item] + ${f32(1 - beta2)} * gradient * gradient;
  m[item] = first;
  v[item] = second;
  w[item] = ${weights} - step.rate * first / (sqrt(second) + ${f32(epsilon)});`;
}
