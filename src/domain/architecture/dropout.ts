import { type LayerKind, type Placed, STEP, view } from './layerKind.ts';
import { gradientOf, type Operation, type Value } from './operation.ts';

/**
 * Units that are left out at random while training (Srivastava et al., JMLR 15, 2014): `y = x * mask`,
 * the mask 0 for a share of `rate`, else 1 / (1 - rate). On the way back the same mask is drawn again.
 */
export interface DropoutLayer {
  readonly kind: 'dropout';
  readonly name: string;
  /** Share of units set to zero while training, 0 to below 1; the others are divided by 1 - rate. */
  readonly rate: number;
}

export const dropout: LayerKind<DropoutLayer> = {
  outputShape: (_, inputShape) => inputShape,
  forward: (place) => [masked(place, place.x, place.y)],
  backward: (place) => [masked(place, gradientOf(place.y), gradientOf(place.x))],
};

function masked({ layer, index, training }: Placed<DropoutLayer>, x: Value, y: Value): Operation {
  if (!training || layer.rate === 0) return view(x, y);
  const of = { rate: layer.rate, layer: index };
  return { kind: 'dropout', of, reads: { x, step: STEP }, writes: { y } };
}
