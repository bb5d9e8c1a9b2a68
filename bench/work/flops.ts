import type { Layer } from '../../src/domain/architecture/architecture.ts';
import type { LayerReport } from '../../src/domain/architecture/shapes.ts';
import type { Flops } from './work.ts';

/** A multiplication and an addition. */
const FLOPS_PER_MULTIPLY_ADD = 2;

/**
 * The product of a layer, in FLOP: forward, and the same again for each of its gradients.
 *
 * `padded` counts every tap of a filter, those on the zeros around the image too, as papers and most
 * tools do; `inside` leaves them out, and is what the step cannot do without.
 */
export function productFlops(layer: LayerReport, batch: number): Flops {
  const flops = FLOPS_PER_MULTIPLY_ADD * batch;
  return { padded: flops * layer.multiplyAdds, inside: flops * multiplyAddsInside(layer) };
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
