import { type OptimizerRule, usesSecondMoment } from '../../../domain/optimizerRule.ts';
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
 * One update of one variable, in place: reads the weights, their moments and their gradient once, and
 * writes weights and moments once (`domain/optimizerRule.ts`). `step.rate` is the rule's rate and
 * `step.decay` is `lr decay`: they change from step to step.
 *
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
