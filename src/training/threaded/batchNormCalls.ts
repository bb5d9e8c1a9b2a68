import type { BatchNormLayer } from '../../domain/architecture.ts';
import { sizeOf } from '../../domain/shapes.ts';
import { assert, at } from '../../util/assert.ts';
import type { PlannedCall } from './callPlan.ts';
import {
  addInputGradient,
  gradientOf,
  type LayerCalls,
  type LayerContext,
  outputValue,
} from './layerContext.ts';

/** Names of buffers with the statistics of a batch. */
const batchMean = (layer: string): string => `${layer} mean`;
const batchVariance = (layer: string): string => `${layer} variance`;

export function batchNormCalls(context: LayerContext, layer: BatchNormLayer): LayerCalls {
  const { plan, report, input, batch } = context;
  const { name, momentum, epsilon } = layer;
  const [gamma, beta, movingMean, movingVariance] = report.weights;
  assert(gamma && beta && movingMean && movingVariance, `${name} has four weights`);
  const channels = at(input.shape, input.shape.length - 1);
  const rows = (batch * sizeOf(input.shape)) / channels;
  const output = outputValue(context, { kind: 'open' });
  const mean = plan.floats(batchMean(name), channels);
  const variance = plan.floats(batchVariance(name), channels);
  const x = input.buffer;
  plan.add('forward', name, 'batchMoments', [
    ...[x, mean, variance, movingMean.name, movingVariance.name, rows, channels, momentum],
  ]);
  plan.add('forward', name, 'batchNorm', [
    ...[x, mean, variance, gamma.name, beta.name, output.buffer, rows, channels, epsilon],
  ]);
  const backward = () => {
    const dy = gradientOf(output.buffer);
    const dgamma = plan.floats(gradientOf(gamma.name), channels);
    const dbeta = plan.floats(gradientOf(beta.name), channels);
    const meanGradient = plan.floats(`${name} mean gradient`, channels);
    plan.add('backward', name, 'batchNormWeightGradients', [
      ...[dy, x, mean, variance, dgamma, dbeta, meanGradient, rows, channels, epsilon],
    ]);
    addInputGradient(context, (dx) =>
      plan.add('backward', name, 'batchNormInputGradient', [
        ...[dy, x, mean, variance, gamma.name, dgamma, meanGradient, dx, rows, channels, epsilon],
      ]),
    );
  };
  return { output, weights: report.weights, backward };
}

/** The call as it is outside of training, where the moving averages stand for the batch's statistics. */
export function withMovingStatistics(call: PlannedCall): PlannedCall {
  const { layer, kernel, args } = call;
  if (kernel !== 'batchNorm') return call;
  const moving = new Map<PlannedCall['args'][number], string>([
    [batchMean(layer), `${layer}/moving_mean`],
    [batchVariance(layer), `${layer}/moving_variance`],
  ]);
  return { ...call, args: args.map((argument) => moving.get(argument) ?? argument) };
}
