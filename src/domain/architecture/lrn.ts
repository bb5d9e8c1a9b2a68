import type { LayerKind, Placed } from './layerKind.ts';
import { gradientOf, type LrnShape } from './operation.ts';
import { asImage, sizeOf } from './shape.ts';

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3):
 * `y[c] = x[c] / (bias + alpha * sum(x[c-r .. c+r]^2))^beta`, alpha not divided by the window.
 */
export interface LrnLayer {
  readonly kind: 'lrn';
  readonly name: string;
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export const lrn: LayerKind<LrnLayer> = {
  outputShape: (_, inputShape) => inputShape,

  forward: (place) => [
    { kind: 'lrn', of: shapeOf(place), reads: { x: place.x }, writes: { y: place.y } },
  ],

  backward: (place) => [
    {
      kind: 'lrnGradient',
      of: shapeOf(place),
      reads: { dy: gradientOf(place.y), x: place.x },
      writes: { dx: gradientOf(place.x) },
    },
  ],
};

function shapeOf({ layer, batch, inputShape }: Placed<LrnLayer>): LrnShape {
  const { depthRadius, bias, alpha, beta } = layer;
  const { channels } = asImage(inputShape);
  const pixels = (batch * sizeOf(inputShape)) / channels;
  return { pixels, channels, depthRadius, bias, alpha, beta };
}
