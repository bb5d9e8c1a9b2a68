import type { Architecture } from '../../domain/architecture/architecture.ts';
import { kindOf, type Layer } from '../../domain/architecture/layer.ts';
import type { Placed } from '../../domain/architecture/layerKind.ts';
import type { Value } from '../../domain/architecture/operation.ts';
import { placedLayer } from '../../domain/architecture/shapes.ts';
import { assert } from '../../util/assert.ts';
import { type Planned, planned } from './plan.ts';

/** The layers of a network one behind the other, with a batch going through. */
export interface PlacedNetwork {
  readonly layers: readonly Placed<Layer>[];
  readonly logits: Value;
}

export function placedNetwork(
  { input: { height, width, channels }, layers }: Architecture,
  batch: number,
  training: boolean,
): PlacedNetwork {
  let shape: readonly number[] = [height, width, channels];
  let x = 'images';
  const placed = layers.map((layer, index) => {
    const place = placedLayer(layer, index, batch, shape, training, x);
    [shape, x] = [place.outputShape, place.y.name];
    return place;
  });
  const last = placed.at(-1);
  assert(last, 'a network has layers');
  return { layers: placed, logits: last.y };
}

export const forward = ({ layers }: PlacedNetwork): Planned[] =>
  layers.flatMap((place) =>
    planned('forward', place.layer.name, kindOf(place.layer).forward(place)),
  );

export const backward = (place: Placed<Layer>): Planned[] =>
  planned('backward', place.layer.name, kindOf(place.layer).backward(place));
