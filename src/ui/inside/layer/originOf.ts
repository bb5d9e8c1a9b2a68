import type { LayerReport } from '../../../domain/architecture/shapes.ts';

/** Where a number comes from that a layer multiplies. */
export type Origin =
  | { readonly kind: 'pixel' }
  | { readonly kind: 'map'; readonly map: number }
  | { readonly kind: 'unit'; readonly unit: number }
  | {
      readonly kind: 'place';
      readonly map: number;
      readonly row: number;
      readonly column: number;
    };

/** Of one channel of a layer's input, or of one number where that is a row. */
export function originOf(
  layers: readonly LayerReport[],
  layer: LayerReport | undefined,
  input: number,
): Origin {
  const index = layer ? layers.indexOf(layer) : -1;
  if (index === 0) return { kind: 'pixel' };
  if (layer?.inputShape.length === 3) return { kind: 'map', map: input };
  const source = layers.slice(0, Math.max(0, index)).findLast(makesRow);
  if (source?.layer.kind === 'globalAveragePool') return { kind: 'map', map: input };
  if (source?.layer.kind !== 'flatten') return { kind: 'unit', unit: input };
  const [, width = 1, channels = 1] = source.inputShape;
  const place = Math.floor(input / channels);
  return {
    ...{ kind: 'place', map: input % channels },
    ...{ row: Math.floor(place / width), column: place % width },
  };
}

/** Whether it makes a row of what was none, or another row. */
const makesRow = ({ layer: { kind } }: LayerReport) =>
  kind === 'dense' || kind === 'flatten' || kind === 'globalAveragePool';
