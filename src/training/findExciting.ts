import { sizeOf } from '../domain/architecture/shapes.ts';
import type { LabelledImages } from '../domain/data/dataset.ts';
import { StrongestPlaces } from '../domain/inside/strongestPlaces.ts';
import { UnitCensus } from '../domain/inside/unitCensus.ts';
import { gatherScaled, type Scaling } from '../domain/recipe/scaling.ts';
import { assert } from '../util/assert.ts';
import { inspect } from './inspect.ts';
import type { Network } from './network.ts';
import type { PredictingOptions } from './predictImages.ts';
import { yieldToMessages } from './yieldToMessages.ts';

/** Few: all that a layer makes of them comes back. */
const AT_ONCE = 16;

export interface Excited {
  readonly strongest: StrongestPlaces;
  readonly census: UnitCensus;
}

/** Has a layer look at these images (indices), and sees where its units answer most, and which never do. */
export async function findExciting(
  network: Network,
  images: LabelledImages,
  indices: Uint32Array,
  scaling: Scaling,
  layer: { readonly name: string; readonly shape: readonly number[] },
  top: number,
  { onProgress, signal }: PredictingOptions,
): Promise<Excited> {
  const strongest = new StrongestPlaces(layer.shape, top);
  const census = new UnitCensus(strongest.units);
  const { height, width, channels } = images.shape;
  const [floats, outputs] = [sizeOf([height, width, channels]), sizeOf(layer.shape)];
  for (let first = 0; first < indices.length; first += AT_ONCE) {
    signal.throwIfAborted();
    const batch = indices.subarray(first, first + AT_ONCE);
    const values = new Float32Array(batch.length * floats);
    gatherScaled(images, batch, scaling, values);
    const { activations } = await inspect(network, values, batch.length, {
      activations: [layer.name],
    });
    const seen = activations.get(layer.name)?.values;
    assert(seen, 'what was asked for was seen');
    census.add(seen, batch.length);
    for (const i of batch.keys()) {
      strongest.add(seen.subarray(i * outputs, (i + 1) * outputs), first + i);
    }
    onProgress(first + batch.length, indices.length);
    await yieldToMessages();
  }
  return { strongest, census };
}
