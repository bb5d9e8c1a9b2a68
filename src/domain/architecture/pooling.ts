import type { Placed } from './layerKind.ts';
import { asImage } from './shape.ts';
import { type Padding, type PoolGeometry, windowedImage, windowGeometry } from './window.ts';

/** What max and average pooling have in common. */
export interface PoolLayer {
  readonly kind: 'maxPool' | 'avgPool';
  readonly name: string;
  readonly poolSize: number;
  readonly stride: number;
  readonly padding: Padding;
}

const windowOf = ({ poolSize: side, stride, padding }: PoolLayer) => ({ side, stride, padding });

export const pooledShape = (layer: PoolLayer, inputShape: readonly number[]): number[] => {
  const image = asImage(inputShape);
  return [...windowedImage(image, windowOf(layer)), image.channels];
};

export function poolGeometry({
  layer,
  batch,
  inputShape,
  outputShape,
}: Placed<PoolLayer>): PoolGeometry {
  return {
    ...windowGeometry(batch, inputShape, outputShape, windowOf(layer)),
    channels: asImage(inputShape).channels,
    ...{ windowHeight: layer.poolSize, windowWidth: layer.poolSize },
  };
}
