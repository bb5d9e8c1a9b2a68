import type { LrnLayer } from '../../domain/architecture.ts';
import { type LayerReport, sizeOf } from '../../domain/shapes.ts';
import { type Gate, gateOf } from '../../engine/gate.ts';
import { maskStream, maskThreshold } from '../../engine/maskPlan.ts';
import { lrnScratchBytes } from '../../engine/wasm/scratch.ts';
import { assert, at } from '../../util/assert.ts';
import { poolGeometry } from '../compiled/geometry.ts';
import {
  addInputGradient,
  gradientOf,
  type LayerCalls,
  type LayerContext,
  outputValue,
  type Value,
} from './layerContext.ts';

/** The layers without weights: dropout, normalisation and pooling. */

/** In place, and no pass of its own on the way back: the gate of what it dropped knows. */
export function dropoutCalls(
  { plan, report, input, batch, seed }: LayerContext,
  rate: number,
  index: number,
): LayerCalls {
  const output: Value = { ...input, gate: rate > 0 ? droppedGate(rate) : input.gate };
  if (rate > 0) {
    const { dropBelow, scale } = maskThreshold(rate);
    const count = batch * sizeOf(input.shape);
    plan.add('forward', report.layer.name, 'dropout', [
      ...[input.buffer, count, seed, maskStream(index), dropBelow, scale, 'step'],
    ]);
  }
  return { output, weights: [], backward: () => {} };
}

function droppedGate(rate: number): Gate {
  const gate = gateOf('relu', rate);
  assert(gate, 'whyNotPlanned refuses dropout behind anything but a ReLU');
  return gate;
}

export function lrnCalls(context: LayerContext, layer: LrnLayer): LayerCalls {
  const { plan, input, batch } = context;
  const { name, depthRadius, bias, alpha, beta } = layer;
  const channels = at(input.shape, input.shape.length - 1);
  const pixels = (batch * sizeOf(input.shape)) / channels;
  const output = outputValue(context, { kind: 'open' });
  const scratch = plan.scratch(lrnScratchBytes(channels, depthRadius));
  const numbers = [pixels, channels, depthRadius, bias, alpha, beta, ...scratch];
  plan.add('forward', name, 'lrn', [input.buffer, output.buffer, ...numbers]);
  const backward = () =>
    addInputGradient(context, (dx) => {
      const dy = gradientOf(output.buffer);
      plan.add('backward', name, 'lrnGradient', [dy, input.buffer, dx, ...numbers]);
    });
  return { output, weights: [], backward };
}

export function maxPoolCalls(context: LayerContext): LayerCalls {
  const { plan, report, input, batch } = context;
  const { name } = report.layer;
  const output = outputValue(context, { kind: 'open' });
  const argmax = plan.bytes(`${name} argmax`, batch * sizeOf(output.shape));
  const numbers = poolNumbers(report, batch);
  plan.add('forward', name, 'maxPool', [input.buffer, output.buffer, argmax, ...numbers]);
  const backward = () =>
    addInputGradient(context, (dx) => {
      const dy = gradientOf(output.buffer);
      plan.add('backward', name, 'maxPoolGradient', [dy, argmax, dx, ...numbers]);
    });
  return { output, weights: [], backward };
}

export function avgPoolCalls(context: LayerContext): LayerCalls {
  const { plan, report, input, batch } = context;
  const { name } = report.layer;
  const output = outputValue(context, { kind: 'open' });
  const numbers = poolNumbers(report, batch);
  plan.add('forward', name, 'avgPool', [input.buffer, output.buffer, ...numbers]);
  const backward = () =>
    addInputGradient(context, (dx) => {
      const dy = gradientOf(output.buffer);
      plan.add('backward', name, 'avgPoolGradient', [dy, dx, ...numbers]);
    });
  return { output, weights: [], backward };
}

function poolNumbers(report: LayerReport, batch: number): number[] {
  const g = poolGeometry(report, batch);
  return [
    ...[batch, g.inHeight, g.inWidth, g.channels, g.outHeight, g.outWidth],
    ...[g.windowHeight, g.strideHeight, g.padTop, g.padLeft],
  ];
}
