import type { Architecture, Layer } from '../../domain/architecture.ts';
import { type LayerReport, sizeOf, type WeightSpec } from '../../domain/shapes.ts';
import { type Gate, gateOf } from '../../engine/gate.ts';
import { maskStream } from '../../engine/maskPlan.ts';
import type { DropoutSlot } from '../../engine/webgpu/dropoutSource.ts';
import { biasThenActivation, throughGate } from '../../engine/webgpu/gemm/finish.ts';
import { avgPool, avgPoolGradient } from '../../engine/webgpu/kernels/avgPool.ts';
import { columnSums } from '../../engine/webgpu/kernels/columnSums.ts';
import { conv2d } from '../../engine/webgpu/kernels/conv2d.ts';
import { conv2dFilterGradient } from '../../engine/webgpu/kernels/conv2dFilterGradient.ts';
import { conv2dInputGradient } from '../../engine/webgpu/kernels/conv2dInputGradient.ts';
import { lrn } from '../../engine/webgpu/kernels/lrn.ts';
import { lrnGradient } from '../../engine/webgpu/kernels/lrnGradient.ts';
import { matMul } from '../../engine/webgpu/kernels/matMul.ts';
import { argmaxBytes, maxPool } from '../../engine/webgpu/kernels/maxPool.ts';
import { maxPoolGradient } from '../../engine/webgpu/kernels/maxPoolGradient.ts';
import type { DeviceTraits } from '../../engine/webgpu/operation.ts';
import { assert, at } from '../../util/assert.ts';
import { convGeometry, poolGeometry } from './geometry.ts';
import { gradientOf, type PlanBuilder, type Value } from './planBuilder.ts';

/** How each kind of layer enters the plan: its nodes forward at once, those backward when asked. */
export interface LayerPlan {
  readonly output: Value;
  readonly weights: readonly WeightSpec[];
  /**
   * Adds the gradients of the weights, and that of the input, given the one of the output. A gradient
   * of a value is that before its activation: the gate is behind it.
   */
  backward(): void;
}

/** Why this network cannot be compiled; undefined where it can. What cannot, tfjs's tape trains. */
export function whyNotCompiled(architecture: Architecture): string | undefined {
  const normalized = architecture.layers.find(({ kind }) => kind === 'batchNorm');
  if (normalized) return `${normalized.name}: batch normalisation`;
  return whyNotPlanned(architecture);
}

/** Why no list of kernel calls, of whatever engine, can be made for this network. */
export function whyNotPlanned({ layers }: Architecture): string | undefined {
  for (const [index, layer] of layers.entries()) {
    const problem = layerProblem(layer, layers[index - 1], layers[index + 1]);
    if (problem) return `${layer.name}: ${problem}`;
  }
  return layers.at(-1)?.kind === 'dense' ? undefined : 'the last layer is not dense';
}

function layerProblem(layer: Layer, before?: Layer, after?: Layer): string | undefined {
  if (layer.kind === 'conv2d' && layer.groups > 1) return 'grouped convolution';
  if (layer.kind === 'dropout' && layer.rate > 0 && before?.kind !== 'dense') {
    return 'dropout that follows no dense layer';
  }
  if (layer.kind !== 'dense') return undefined;
  const rate = after?.kind === 'dropout' ? after.rate : 0;
  return gateOf(layer.activation, rate) ? undefined : `dropout behind ${layer.activation}`;
}

export function layerPlans(
  plan: PlanBuilder,
  reports: readonly LayerReport[],
  images: Value,
  batch: number,
  traits: DeviceTraits,
): LayerPlan[] {
  let value = images;
  return reports.map((report, index) => {
    const next = reports[index + 1]?.layer;
    const context = { plan, report, input: value, batch, traits };
    const layerPlan = planLayer(context, next, index);
    value = layerPlan.output;
    return layerPlan;
  });
}

interface Context {
  readonly plan: PlanBuilder;
  readonly report: LayerReport;
  readonly input: Value;
  readonly batch: number;
  readonly traits: DeviceTraits;
}

function planLayer(context: Context, next: Layer | undefined, index: number): LayerPlan {
  const { layer, outputShape } = context.report;
  switch (layer.kind) {
    case 'conv2d':
      return planConv(context);
    case 'dense':
      return planDense(context, next, index);
    case 'lrn':
      return planLrn(context);
    case 'batchNorm':
      throw new Error('Broken invariant: whyNotCompiled refuses batch normalisation');
    case 'maxPool':
      return planMaxPool(context);
    case 'avgPool':
      return planAvgPool(context);
    // The flattened image lies in memory as the image did, and dropout is done by the layer before.
    case 'flatten':
    case 'dropout':
      return { output: { ...context.input, shape: outputShape }, weights: [], backward: () => {} };
  }
}

function output({ plan, report, batch }: Context, gate: Gate): Value {
  const shape = report.outputShape;
  const buffer = plan.floats(report.layer.name, batch * sizeOf(shape));
  return { buffer, shape, gate, needsGradient: true };
}

/** The buffer for the gradient of the input, made when the way back gets there. */
function inputGradient({ plan, input, batch }: Context): string {
  return plan.floats(gradientOf(input.buffer), batch * sizeOf(input.shape));
}

/** `gated`, the operand of an operation with a gate, if the gate needs one. */
function gatedBy({ gate, buffer }: Value): Record<string, string> {
  return gate.kind === 'open' ? {} : { gated: buffer };
}

function weightNames({ layer, weights }: LayerReport): { kernel: WeightSpec; bias: WeightSpec } {
  const [kernel, bias] = weights;
  assert(kernel && bias, `${layer.name} has a kernel and a bias`);
  return { kernel, bias };
}

function planConv(context: Context): LayerPlan {
  const { plan, report, input, batch, traits } = context;
  const { layer, weights } = report;
  assert(layer.kind === 'conv2d', 'a convolution');
  const geometry = convGeometry(report, batch);
  const { kernel, bias } = weightNames(report);
  const gate = gateOf(layer.activation);
  assert(gate, 'an activation alone has a gate');
  const out = output(context, gate);
  const finish = biasThenActivation(layer.filters, { activation: layer.activation });
  const x = input.buffer;
  plan.add('forward', layer.name, conv2d(geometry, traits, finish), {
    ...{ x, filters: kernel.name, y: out.buffer, bias: bias.name },
  });
  const backward = () => {
    const dy = gradientOf(out.buffer);
    const dfilters = plan.floats(gradientOf(kernel.name), sizeOf(kernel.shape));
    plan.add('backward', layer.name, conv2dFilterGradient(geometry, traits), { x, dy, dfilters });
    addBiasGradient(context, dy, bias, batch * geometry.outHeight * geometry.outWidth);
    if (!input.needsGradient) return;
    const through = throughGate(batch * sizeOf(input.shape), input.gate);
    const dx = inputGradient(context);
    plan.add('backward', layer.name, conv2dInputGradient(geometry, traits, through), {
      ...{ dy, filters: kernel.name, dx },
      ...gatedBy(input),
    });
  };
  return { output: out, weights, backward };
}

function planDense(context: Context, next: Layer | undefined, index: number): LayerPlan {
  const { plan, report, input, batch, traits } = context;
  const { layer, weights } = report;
  assert(layer.kind === 'dense', 'a dense layer');
  const { kernel, bias } = weightNames(report);
  const [inputs, units] = [sizeOf(input.shape), layer.units];
  const rate = next?.kind === 'dropout' ? next.rate : 0;
  const dropout: DropoutSlot | undefined =
    rate > 0 ? { rate, stream: maskStream(index + 1) } : undefined;
  const gate = gateOf(layer.activation, rate);
  assert(gate, 'whyNotCompiled refuses the others');
  const out = output(context, gate);
  const finish = biasThenActivation(units, {
    activation: layer.activation,
    ...(dropout ? { dropout } : {}),
  });
  const product = { batches: 1, transposeA: false, transposeB: false };
  const forward = matMul(
    { ...product, rows: batch, columns: units, depth: inputs },
    traits,
    finish,
  );
  plan.add('forward', layer.name, forward, {
    ...{ a: input.buffer, b: kernel.name, c: out.buffer, bias: bias.name },
    ...(dropout ? { step: 'step' } : {}),
  });
  const backward = () => {
    const dy = gradientOf(out.buffer);
    const dkernel = plan.floats(gradientOf(kernel.name), inputs * units);
    const ofKernel = { ...product, rows: inputs, columns: units, depth: batch, transposeA: true };
    plan.add('backward', layer.name, matMul(ofKernel, traits), {
      ...{ a: input.buffer, b: dy, c: dkernel },
    });
    addBiasGradient(context, dy, bias, batch);
    if (!input.needsGradient) return;
    const through = throughGate(batch * inputs, input.gate);
    const dx = inputGradient(context);
    const ofInput = { ...product, rows: batch, columns: inputs, depth: units, transposeB: true };
    plan.add('backward', layer.name, matMul(ofInput, traits, through), {
      ...{ a: dy, b: kernel.name, c: dx },
      ...gatedBy(input),
    });
  };
  return { output: out, weights, backward };
}

function addBiasGradient(
  { plan, report, traits }: Context,
  x: string,
  bias: WeightSpec,
  rows: number,
): void {
  const columns = at(bias.shape, 0);
  const sums = plan.floats(gradientOf(bias.name), columns);
  plan.add('backward', report.layer.name, columnSums(rows, columns, traits), { x, sums });
}

function planLrn(context: Context): LayerPlan {
  const { plan, report, input, batch } = context;
  const { layer } = report;
  assert(layer.kind === 'lrn', 'a normalisation');
  const channels = at(input.shape, input.shape.length - 1);
  const shape = { ...layer, pixels: (batch * sizeOf(input.shape)) / channels, channels };
  const out = output(context, { kind: 'open' });
  plan.add('forward', layer.name, lrn(shape), { x: input.buffer, y: out.buffer });
  const backward = () => {
    if (!input.needsGradient) return;
    const dx = inputGradient(context);
    plan.add('backward', layer.name, lrnGradient(shape, input.gate), {
      ...{ dy: gradientOf(out.buffer), x: input.buffer, dx },
    });
  };
  return { output: out, weights: [], backward };
}

function planMaxPool(context: Context): LayerPlan {
  const { plan, report, input, batch } = context;
  const geometry = poolGeometry(report, batch);
  const { name } = report.layer;
  const out = output(context, { kind: 'open' });
  const argmax = plan.bytes(`${name} argmax`, argmaxBytes(geometry));
  plan.add('forward', name, maxPool(geometry, true), { x: input.buffer, y: out.buffer, argmax });
  const backward = () => {
    if (!input.needsGradient) return;
    const dx = inputGradient(context);
    plan.add('backward', name, maxPoolGradient(geometry, input.gate), {
      ...{ dy: gradientOf(out.buffer), argmax, dx },
      ...gatedBy(input),
    });
  };
  return { output: out, weights: [], backward };
}

function planAvgPool(context: Context): LayerPlan {
  const { plan, report, input, batch } = context;
  const geometry = poolGeometry(report, batch);
  const { name } = report.layer;
  const out = output(context, { kind: 'open' });
  plan.add('forward', name, avgPool(geometry), { x: input.buffer, y: out.buffer });
  const backward = () => {
    if (!input.needsGradient) return;
    const dx = inputGradient(context);
    plan.add('backward', name, avgPoolGradient(geometry, input.gate), {
      ...{ dy: gradientOf(out.buffer), dx },
      ...gatedBy(input),
    });
  };
  return { output: out, weights: [], backward };
}
