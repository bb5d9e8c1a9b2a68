import type { LayerKind, Placed } from './layerKind.ts';
import { gradientOf } from './operation.ts';
import { asImage } from './shape.ts';
import type { PoolGeometry } from './window.ts';

/**
 * The mean of each channel over all pixels (Lin et al. 2014, "Network in network", section 3.2): an
 * average pooling whose one window is the image.
 */
export interface GlobalAveragePoolLayer {
  readonly kind: 'globalAveragePool';
  readonly name: string;
}

export const globalAveragePool: LayerKind<GlobalAveragePoolLayer> = {
  outputShape: (_, inputShape) => [asImage(inputShape).channels],

  forward: (place) => [
    { kind: 'avgPool', of: wholeImage(place), reads: { x: place.x }, writes: { y: place.y } },
  ],

  backward: (place) => [
    {
      kind: 'avgPoolGradient',
      of: wholeImage(place),
      reads: { dy: gradientOf(place.y) },
      writes: { dx: gradientOf(place.x) },
    },
  ],
};

function wholeImage({ batch, inputShape }: Placed<GlobalAveragePoolLayer>): PoolGeometry {
  const { height, width, channels } = asImage(inputShape);
  // What of a window lies beside the image does not count, so that a square one does for any image.
  const side = Math.max(height, width);
  return {
    ...{ batch, channels, inHeight: height, inWidth: width, outHeight: 1, outWidth: 1 },
    ...{ windowHeight: side, windowWidth: side, strideHeight: side, strideWidth: side },
    ...{ padTop: 0, padLeft: 0 },
  };
}
