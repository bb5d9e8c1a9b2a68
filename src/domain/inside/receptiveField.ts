import type { Architecture, Layer } from '../architecture/architecture.ts';
import type { Placed } from '../architecture/layerKind.ts';
import { asImage } from '../architecture/shape.ts';
import { type WindowGeometry, windowGeometry } from '../architecture/window.ts';
import { type PlacedLayer, placesOf } from './places.ts';

/** Rows and columns of an image, the last ones included. */
export interface Field {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/**
 * What a unit sees of the picture: the pixels that its value depends on, cut off at the picture's edges.
 * From the unit back to the picture a window that begins at `i * stride - padding` is put in the place of
 * each row and column `i` (Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning").
 * Behind a flattening, and behind a mean over all pixels, it is the whole picture.
 */
export function receptiveField(
  architecture: Architecture,
  layer: string,
  y: number,
  x: number,
): Field {
  return fieldThrough(placesOf(architecture, layer), { top: y, left: x, bottom: y, right: x });
}

/** The same through these layers alone, one after the other: what of the first one's input counts. */
export function fieldThrough(places: readonly PlacedLayer[], field: Field): Field {
  return places.reduceRight((seen, place) => fieldBefore(place, seen), field);
}

/** What this part of a layer's output depends on in its input. */
function fieldBefore(place: PlacedLayer, field: Field): Field {
  const { height, width } = asImage(place.inputShape);
  const window = windowOf(place);
  if (window === 'all') return { top: 0, left: 0, bottom: height - 1, right: width - 1 };
  if (window === 'same') return field;
  const { side, strideHeight, strideWidth, padTop, padLeft } = window;
  return {
    top: Math.max(0, field.top * strideHeight - padTop),
    left: Math.max(0, field.left * strideWidth - padLeft),
    bottom: Math.min(height - 1, field.bottom * strideHeight - padTop + side - 1),
    right: Math.min(width - 1, field.right * strideWidth - padLeft + side - 1),
  };
}

/** The window of a layer that has one; else whether a unit sees the one in its place, or all of them. */
export function windowOf({
  layer,
  inputShape,
  outputShape,
}: Pick<Placed<Layer>, 'layer' | 'inputShape' | 'outputShape'>):
  | (WindowGeometry & { readonly side: number })
  | 'same'
  | 'all' {
  switch (layer.kind) {
    case 'conv2d':
    case 'maxPool':
    case 'avgPool': {
      const side = layer.kind === 'conv2d' ? layer.kernelSize : layer.poolSize;
      const { stride, padding } = layer;
      const window = { side, stride, padding };
      return { side, ...windowGeometry(1, inputShape, outputShape, window) };
    }
    case 'lrn':
    case 'batchNorm':
    case 'dropout':
      return 'same';
    case 'flatten':
    case 'globalAveragePool':
    case 'dense':
      return 'all';
  }
}
