import { assert } from '../../util/assert.ts';
import type { Architecture } from '../architecture/architecture.ts';
import { describeNetwork, type LayerReport } from '../architecture/shapes.ts';

export type PlacedLayer = Pick<LayerReport, 'layer' | 'inputShape' | 'outputShape'>;

/** The layers from the picture to this one, with what goes into each and comes out. */
export function placesOf(architecture: Architecture, last: string): readonly LayerReport[] {
  const { layers } = describeNetwork(architecture);
  const index = layers.findIndex(({ layer }) => layer.name === last);
  assert(index >= 0, `the network has a layer ${last}`);
  return layers.slice(0, index + 1);
}
