import type { NetworkReport } from '../../../domain/architecture/shapes.ts';
import type { Inspection, LayerActivations } from '../../../domain/inside/inspection.ts';
import type { ValuesOf } from '../../../domain/inside/unitStory.ts';
import type { Scaling } from '../../../domain/recipe/scaling.ts';
import { assert, at } from '../../../util/assert.ts';

/**
 * The numbers of every layer, those too that only pass on what they are given: a dropout, and a flattening,
 * which the worker does not send. `images` are the pixels as the network's first layer has them.
 */
export function valuesIn(seen: Inspection, { layers }: NetworkReport, scaling: Scaling): ValuesOf {
  const { offset, factor } = scaling;
  const size = at(layers, 0).inputShape.reduce((product, side) => product * side, 1);
  // A grey picture is seen alike by every channel.
  const channels = size / seen.pixels.length;
  const images = Float32Array.from({ length: size }, (_, i) => {
    const pixel = at(seen.pixels, Math.floor(i / channels));
    return (pixel - offset) * factor;
  });
  const values = new Map(seen.layers.map((layer) => [layer.name, layer.values]));
  return (name) => {
    if (name === 'images') return images;
    const last = layers.findIndex(({ layer }) => layer.name === name);
    for (let i = last; i >= 0; i--) {
      const found = values.get(at(layers, i).layer.name);
      if (found) return found;
    }
    assert(last >= 0, `the network has a layer ${name}`);
    return images;
  };
}

/** Where a map is largest, plus or minus. */
export function peakOf(
  { shape, values }: LayerActivations,
  map: number,
): [row: number, column: number] {
  const [, width = 1] = shape.length === 3 ? shape : [1, 1];
  const maps = shape.at(-1) ?? 1;
  let [best, most] = [0, -1];
  for (let place = 0; place * maps + map < values.length; place++) {
    const value = Math.abs(values[place * maps + map] ?? 0);
    if (value > most) [best, most] = [place, value];
  }
  return [Math.floor(best / width), best % width];
}

/** Height, width and number of maps; a dense layer has maps of one unit. */
export function mapsOf({ shape }: Pick<LayerActivations, 'shape'>): {
  height: number;
  width: number;
  maps: number;
} {
  const [height = 1, width = 1, maps = 1] = shape.length === 3 ? shape : [1, 1, shape[0] ?? 1];
  return { height, width, maps };
}
