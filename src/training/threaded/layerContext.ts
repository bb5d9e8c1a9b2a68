import { type LayerReport, sizeOf, type WeightSpec } from '../../domain/shapes.ts';
import type { Gate } from '../../engine/gate.ts';
import { assert, at } from '../../util/assert.ts';
import type { CallPlanBuilder } from './callPlan.ts';

/** What lies in memory between two layers. */
export interface Value {
  readonly buffer: string;
  /** Per image. */
  readonly shape: readonly number[];
  /** The derivative of the activation that made it: whoever computes its gradient passes it. */
  readonly gate: Gate;
  /** False for the images alone. */
  readonly needsGradient: boolean;
}

/** How a layer enters the plan: its calls forward at once, those backward when asked. */
export interface LayerCalls {
  readonly output: Value;
  readonly weights: readonly WeightSpec[];
  /** Adds the gradients of the weights and of the input, given that of the output. */
  backward(): void;
}

export interface LayerContext {
  readonly plan: CallPlanBuilder;
  readonly report: LayerReport;
  readonly input: Value;
  readonly batch: number;
  /** What dropout draws from. */
  readonly seed: number;
}

export const gradientOf = (buffer: string): string => `d ${buffer}`;

/** The layer's output, with a buffer of its own. */
export function outputValue({ plan, report, batch }: LayerContext, gate: Gate): Value {
  const shape = report.outputShape;
  const buffer = plan.floats(report.layer.name, batch * sizeOf(shape));
  return { buffer, shape, gate, needsGradient: true };
}

/** Makes the gradient of the input by this call, then takes it through the gate. */
export function addInputGradient(context: LayerContext, compute: (dx: string) => void): void {
  const { plan, input, batch, report } = context;
  if (!input.needsGradient) return;
  const count = batch * sizeOf(input.shape);
  const dx = plan.floats(gradientOf(input.buffer), count);
  compute(dx);
  const { gate } = input;
  if (gate.kind === 'open') return;
  const [kind, scale] = gate.kind === 'relu' ? [1, gate.scale] : [2, 1];
  plan.add('backward', report.layer.name, 'gate', [dx, input.buffer, count, kind, scale]);
}

/** The gradient of a bias: the sum of the output's gradient over all rows. */
export function addBiasGradient(
  { plan, report }: LayerContext,
  dy: string,
  { name, shape }: WeightSpec,
  rows: number,
): void {
  const columns = at(shape, 0);
  const sums = plan.floats(gradientOf(name), columns);
  plan.add('backward', report.layer.name, 'columnSums', [dy, sums, rows, columns]);
}

export function kernelAndBias({ layer, weights }: LayerReport): [WeightSpec, WeightSpec] {
  const [kernel, bias] = weights;
  assert(kernel && bias, `${layer.name} has a kernel and a bias`);
  return [kernel, bias];
}
