import type { LayerKind, Placed } from './layerKind.ts';
import { gradientOf, type Value } from './operation.ts';
import { type PoolLayer, pooledShape, poolGeometry } from './pooling.ts';

/**
 * The largest of each window, and on the way back its gradient to where it stood. Training keeps the
 * places, `argmax`, since equal values would hide them.
 */
export const maxPool: LayerKind<PoolLayer> = {
  outputShape: pooledShape,

  forward: (place) => [
    {
      kind: 'maxPool',
      of: poolGeometry(place),
      reads: { x: place.x },
      writes: { y: place.y, argmax: argmaxOf(place) },
    },
  ],

  backward: (place) => [
    {
      kind: 'maxPoolGradient',
      of: poolGeometry(place),
      reads: { dy: gradientOf(place.y), argmax: argmaxOf(place) },
      writes: { dx: gradientOf(place.x) },
    },
  ],
};

const argmaxOf = ({ layer, y }: Placed<PoolLayer>): Value => ({
  ...{ name: `${layer.name} argmax`, shape: y.shape, element: 'place' },
});
