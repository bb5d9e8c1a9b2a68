import type { Conv2dLayer } from '../../domain/architecture.ts';
import { sizeOf } from '../../domain/shapes.ts';
import { gateOf } from '../../engine/gate.ts';
import { filterGradientScratchBytes, productScratchBytes } from '../../engine/wasm/scratch.ts';
import { assert } from '../../util/assert.ts';
import { convGeometry } from '../compiled/geometry.ts';
import {
  addBiasGradient,
  addInputGradient,
  gradientOf,
  kernelAndBias,
  type LayerCalls,
  type LayerContext,
  outputValue,
} from './layerContext.ts';

/**
 * A convolution on images that are padded beforehand, so that no kernel asks whether a pixel lies
 * inside. The padded images serve the filter gradient too.
 */
export function convolutionCalls(context: LayerContext, layer: Conv2dLayer): LayerCalls {
  const { plan, report, input, batch } = context;
  const { name, activation, stride, kernelSize: side, filters } = layer;
  const g = convGeometry(report, batch);
  const [kernel, bias] = kernelAndBias(report);
  const gate = gateOf(activation);
  assert(gate, 'an activation alone has a gate');
  const channels = g.inChannels;
  const height = (g.outHeight - 1) * stride + side;
  const width = (g.outWidth - 1) * stride + side;
  const fits = g.padTop === 0 && height === g.inHeight && width === g.inWidth;
  const x = fits ? input.buffer : plan.floats(`${name} padded`, batch * height * width * channels);
  if (!fits) {
    const placing = [g.padTop, g.padLeft, 1, height, width];
    const extents = [batch, g.inHeight, g.inWidth, channels];
    plan.add('forward', name, 'padImages', [input.buffer, x, ...extents, ...placing]);
  }
  const output = outputValue(context, gate);
  const windows = [batch, height, width, channels, g.outHeight, g.outWidth, side, side, stride];
  const rows = batch * g.outHeight * g.outWidth;
  plan.add('forward', name, 'conv2d', [
    ...[x, kernel.name, bias.name, output.buffer, ...windows, filters],
    activation === 'relu' ? 1 : 0,
    ...plan.scratch(productScratchBytes(rows, side, side * channels)),
  ]);
  if (activation === 'tanh') {
    plan.add('forward', name, 'tanhInPlace', [output.buffer, batch * sizeOf(output.shape)]);
  }

  const backward = () => {
    const dy = gradientOf(output.buffer);
    const dfilters = plan.floats(gradientOf(kernel.name), sizeOf(kernel.shape));
    plan.add('backward', name, 'conv2dFilterGradient', [
      ...[x, dy, dfilters, ...windows, filters],
      ...plan.scratch(filterGradientScratchBytes(batch, g.outHeight * g.outWidth)),
    ]);
    addBiasGradient(context, dy, bias, rows);
    addInputGradient(context, (dx) => {
      const [paddedHeight, paddedWidth] = [g.inHeight + side - 1, g.inWidth + side - 1];
      const count = batch * paddedHeight * paddedWidth * filters;
      const padded = plan.floats(`d ${name} padded`, count);
      const [top, left] = [side - 1 - g.padTop, side - 1 - g.padLeft];
      plan.add('backward', name, 'padImages', [
        ...[dy, padded, batch, g.outHeight, g.outWidth, filters],
        ...[top, left, stride, paddedHeight, paddedWidth],
      ]);
      plan.add('backward', name, 'conv2dInputGradient', [
        ...[padded, kernel.name, dx, batch, paddedHeight, paddedWidth, filters],
        ...[g.inHeight, g.inWidth, side, side, channels],
        ...plan.scratch(productScratchBytes(batch * g.inHeight * g.inWidth, side, side * filters)),
      ]);
    });
  };
  return { output, weights: report.weights, backward };
}
