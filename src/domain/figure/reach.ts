import { asImage } from '../architecture/shape.ts';
import { type Window, windowGeometry } from '../architecture/window.ts';
import type { Layer } from '../architecture.ts';
import type { LayerReport } from '../shapes.ts';

/** Rows and columns of an image, the last ones included; it may go beyond the image, where padding lies. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const boxOfUnit = (row: number, column: number): Box => ({
  ...{ top: row, left: column },
  ...{ bottom: row, right: column },
});

/**
 * What units of the last of these layers see of what enters the first: a window of side k and stride s
 * behind padding p has row i see rows i s - p to i s - p + k - 1, and so on back to the first.
 */
export function reachOf(layers: readonly LayerReport[], box: Box): Box {
  return layers.reduceRight((seen, report) => reachOfLayer(report, seen), box);
}

function reachOfLayer({ layer, inputShape, outputShape }: LayerReport, box: Box): Box {
  const window = windowOf(layer);
  if (!window) return seesAll(layer) ? wholeOf(inputShape) : box;
  const geometry = windowGeometry(1, inputShape, outputShape, window);
  const { padTop, padLeft } = geometry;
  const { side, stride } = window;
  return {
    top: box.top * stride - padTop,
    left: box.left * stride - padLeft,
    bottom: box.bottom * stride - padTop + side - 1,
    right: box.right * stride - padLeft + side - 1,
  };
}

/** The square window of a layer that has one. */
export function windowOf(layer: Layer): Window | undefined {
  switch (layer.kind) {
    case 'conv2d':
      return { side: layer.kernelSize, stride: layer.stride, padding: layer.padding };
    case 'maxPool':
    case 'avgPool':
      return { side: layer.poolSize, stride: layer.stride, padding: layer.padding };
    default:
      return undefined;
  }
}

const seesAll = ({ kind }: Layer) =>
  kind === 'dense' || kind === 'flatten' || kind === 'globalAveragePool';

function wholeOf(shape: readonly number[]): Box {
  const { height, width } = asImage(shape);
  return { top: 0, left: 0, bottom: height - 1, right: width - 1 };
}

/** What of a box lies on the image itself. */
export function within(box: Box, height: number, width: number): Box {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
  return {
    top: clamp(box.top, height - 1),
    left: clamp(box.left, width - 1),
    bottom: clamp(box.bottom, height - 1),
    right: clamp(box.right, width - 1),
  };
}
