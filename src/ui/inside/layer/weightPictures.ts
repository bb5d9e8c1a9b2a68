import type { LayerReport } from '../../../domain/architecture/shapes.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { largestOf } from '../signal.ts';
import type { MapValue } from './paintMaps.ts';

/** What learning has added to the weights of the start, or all of them. */
export type WhichWeights = 'learned' | 'raw';

export const weightsShown = (
  { kernel, learned }: LayerFilters,
  which: WhichWeights,
): Float32Array => (which === 'learned' ? learned : undefined) ?? kernel.values;

/** Whether filters are pictures of what they are laid over: those of the first layer, over grey or colours. */
export const isPictures = ({ kernel: { shape } }: LayerFilters): boolean =>
  shape.length === 4 && (shape[2] ?? 0) <= MOST_COLOURS;

/** Whether those of this convolution are. */
export const haveFilterPictures = ({ inputShape }: LayerReport): boolean =>
  (inputShape[2] ?? 0) <= MOST_COLOURS;

const MOST_COLOURS = 3;

interface WeightPictures {
  readonly value: MapValue;
  readonly most: number;
}

/** Every filter, over one channel of what is before. */
export function filterValue(
  filters: LayerFilters,
  which: WhichWeights,
  channel: number,
): WeightPictures {
  const values = weightsShown(filters, which);
  const [, width = 1, channels = 1, count = 1] = filters.kernel.shape;
  return {
    most: largestOf(values),
    value: (filter, row, column) =>
      values[((row * width + column) * channels + channel) * count + filter] ?? 0,
  };
}

/** One filter, over every channel of what is before. */
export function sliceValue(
  filters: LayerFilters,
  which: WhichWeights,
  filter: number,
): WeightPictures {
  const values = weightsShown(filters, which);
  const [height = 1, width = 1, channels = 1, count = 1] = filters.kernel.shape;
  let most = 0;
  for (let i = 0; i < height * width * channels; i++) {
    most = Math.max(most, Math.abs(values[i * count + filter] ?? 0));
  }
  return {
    most,
    value: (channel, row, column) =>
      values[((row * width + column) * channels + channel) * count + filter] ?? 0,
  };
}
