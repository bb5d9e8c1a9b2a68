import { type LayerKind, view } from './layerKind.ts';
import { gradientOf } from './operation.ts';
import { sizeOf } from './shape.ts';

/** An image as a row of numbers, which lies in memory as the image did. */
export interface FlattenLayer {
  readonly kind: 'flatten';
  readonly name: string;
}

export const flatten: LayerKind<FlattenLayer> = {
  outputShape: (_, inputShape) => [sizeOf(inputShape)],
  forward: ({ x, y }) => [view(x, y)],
  backward: ({ x, y }) => [view(gradientOf(y), gradientOf(x))],
};
