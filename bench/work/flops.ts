import type { Architecture, Layer } from '../../src/domain/architecture.ts';
import { describeNetwork, type LayerReport } from '../../src/domain/shapes.ts';
import type { Flops } from './work.ts';

/** A multiplication and an addition. */
const FLOPS_PER_MULTIPLY_ADD = 2;

/**
 * The products of a training step, in FLOP: those of the convolutions and dense layers, three times each.
 * A layer with y = W x has, beside that forward product, the gradient of its input (transposed W times
 * dy), which nobody needs of the first layer, and that of its weights (dy times transposed x). All three
 * cost the same. Normalisation, pooling, dropout and Adam are left out: they are bound by memory.
 *
 * `padded` counts every tap of a filter, those on the zeros around the image too, as papers and most
 * tools do; `inside` leaves them out, and is what the step cannot do without.
 */
export function stepFlops(architecture: Architecture, batch: number): Flops {
  const { layers } = describeNetwork(architecture);
  return {
    padded: flopsOf(layers, batch, ({ multiplyAdds }) => multiplyAdds),
    inside: flopsOf(layers, batch, multiplyAddsInside),
  };
}

function flopsOf(
  layers: readonly LayerReport[],
  batch: number,
  count: (layer: LayerReport) => number,
): number {
  const counts = layers.map(count);
  const all = counts.reduce((sum, each) => sum + each, 0);
  const first = counts.find((each) => each > 0) ?? 0;
  return FLOPS_PER_MULTIPLY_ADD * batch * (3 * all - first);
}

function multiplyAddsInside({ layer, inputShape, outputShape, multiplyAdds }: LayerReport): number {
  if (layer.kind !== 'conv2d') return multiplyAdds;
  const [height = 1, width = 1] = inputShape;
  const [outHeight = 1, outWidth = 1] = outputShape;
  const taps = tapsInside(layer, height, outHeight) * tapsInside(layer, width, outWidth);
  return multiplyAdds * (taps / (layer.kernelSize ** 2 * outHeight * outWidth));
}

/** Taps of all windows along one side that fall on the image. */
function tapsInside(
  { kernelSize, stride, padding }: Extract<Layer, { kind: 'conv2d' }>,
  size: number,
  outputs: number,
): number {
  const total = padding === 'same' ? Math.max(0, (outputs - 1) * stride + kernelSize - size) : 0;
  const before = typeof padding === 'number' ? padding : Math.floor(total / 2);
  let inside = 0;
  for (let output = 0; output < outputs; output++) {
    const first = output * stride - before;
    inside += Math.min(size, first + kernelSize) - Math.max(0, first);
  }
  return inside;
}
