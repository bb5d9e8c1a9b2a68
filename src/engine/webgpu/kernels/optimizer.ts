import { type OptimizerRule, VANISHING } from '../../../domain/recipe/optimizerRule.ts';
import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { type Binding, declareBindings, f32, lanesOf, laneType, linearGrid } from '../wgsl.ts';

/**
 * One update of one variable, in place: reads the weights, their moments and their gradient once, and
 * writes weights and moments once (`domain/recipe/optimizerRule.ts`). `step.rate` is the rule's rate and
 * `step.decay` is `lr decay`: they change from step to step.
 *
 * Where a moving average of the weights is kept (Polyak and Juditsky 1992), the new weights go into it
 * while they are at hand:  a <- a + (1 - step.average) (w - a).
 *
 * Operands: `w`, `g`, `m`, `v`, `step`, `factor` if the gradients are clipped (see
 * `gradientNorm.ts`), and `a` if the weights are averaged.
 */
export function optimizerUpdate(
  size: number,
  rule: OptimizerRule,
  { clipped = false, averaged = false }: { clipped?: boolean; averaged?: boolean } = {},
): Operation {
  const lanes = lanesOf(size);
  const type = `array<${laneType(lanes)}>`;
  const grid = linearGrid(size / lanes);
  const bindings: Binding[] = [
    { name: 'w', access: 'read_write', type },
    { name: 'g', access: 'read', type },
    { name: 'm', access: 'read_write', type },
    { name: 'v', access: 'read_write', type },
    STEP_BINDING,
    ...(clipped ? [{ name: 'factor', access: 'read', type: 'array<f32>' } as const] : []),
    ...(averaged ? [{ name: 'a', access: 'read_write', type } as const] : []),
  ];
  const wgsl = `${STEP_STRUCT}
${declareBindings(bindings)}
${vanish(laneType(lanes))}
${grid.main(`
  let gradient = g[item]${clipped ? ' * factor[0]' : ''};
  ${update(rule)}
  w[item] = weights;
  ${averaged ? averageUpdate : ''}`)}`;
  const written = 3 + Number(averaged);
  return {
    op: 'optimizer',
    shape: `${size} ${rule.kind}, ${constantsOf(rule)}${clipped ? ', clipped' : ''}${averaged ? ', averaged' : ''}`,
    flops: 12 * size,
    bytes: (2 * written + 1) * size * FLOAT_BYTES,
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

const constantsOf = ({ kind, ...constants }: OptimizerRule): string =>
  Object.values(constants).join(' ');

const averageUpdate = `
  let moved = a[item] + (1.0 - step.average) * (weights - a[item]);
  a[item] = vanish(moved, ${f32(VANISHING.weight)});`;

/** What is smaller in size than `least` becomes 0, here as on processors, which it makes faster. */
function vanish(type: string): string {
  return `
fn vanish(x: ${type}, least: f32) -> ${type} {
  return select(x, ${type}(), abs(x) < ${type}(least));
}`;
}

/** Writes the moments, and says what `weights` become. */
function update(rule: OptimizerRule): string {
  const { kind, beta1, beta2, epsilon } = rule;
  const decay = kind === 'adamw' ? 'w[item] * step.decay + ' : '';
  return `
  let first = vanish(${f32(beta1)} * m[item] + ${f32(1 - beta1)} * gradient, ${f32(VANISHING.first)});
  let felt = vanish(gradient, ${f32(VANISHING.gradient)});
  let second = vanish(
    ${f32(beta2)} * v[item] + ${f32(1 - beta2)} * (felt * felt),
    ${f32(VANISHING.second)},
  );
  m[item] = first;
  v[item] = second;
  let change = ${decay}step.rate * first / (sqrt(second) + ${f32(epsilon)});
  let weights = vanish(w[item] - change, ${f32(VANISHING.weight)});`;
}
