import type { LayerKind } from './layerKind.ts';
import { gradientOf } from './operation.ts';
import { type PoolLayer, pooledShape, poolGeometry } from './pooling.ts';

/** The mean of each window, and on the way back an equal share of its gradient to each of its pixels. */
export const avgPool: LayerKind<PoolLayer> = {
  outputShape: pooledShape,

  forward: (place) => [
    { kind: 'avgPool', of: poolGeometry(place), reads: { x: place.x }, writes: { y: place.y } },
  ],

  backward: (place) => [
    {
      kind: 'avgPoolGradient',
      of: poolGeometry(place),
      reads: { dy: gradientOf(place.y) },
      writes: { dx: gradientOf(place.x) },
    },
  ],
};
