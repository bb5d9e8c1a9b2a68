import { avgPool } from './avgPool.ts';
import { type BatchNormLayer, batchNorm } from './batchNorm.ts';
import { type Conv2dLayer, conv2d } from './conv2d.ts';
import { type DenseLayer, dense } from './dense.ts';
import { type DropoutLayer, dropout } from './dropout.ts';
import { type FlattenLayer, flatten } from './flatten.ts';
import { type GlobalAveragePoolLayer, globalAveragePool } from './globalAveragePool.ts';
import type { LayerKind } from './layerKind.ts';
import { type LrnLayer, lrn } from './lrn.ts';
import { maxPool } from './maxPool.ts';
import type { PoolLayer } from './pooling.ts';

export type Layer =
  | Conv2dLayer
  | LrnLayer
  | BatchNormLayer
  | PoolLayer
  | GlobalAveragePoolLayer
  | FlattenLayer
  | DropoutLayer
  | DenseLayer;

type Kinds = { readonly [Kind in Layer['kind']]: LayerKind<Extract<Layer, { kind: Kind }>> };

const kinds = {
  conv2d,
  lrn,
  batchNorm,
  maxPool: maxPool as Kinds['maxPool'],
  avgPool: avgPool as Kinds['avgPool'],
  globalAveragePool,
  flatten,
  dropout,
  dense,
};

/** What there is to know of a layer's kind. */
export const kindOf = (layer: Layer): LayerKind<Layer> =>
  kinds[layer.kind] as unknown as LayerKind<Layer>;
