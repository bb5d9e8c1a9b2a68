import type { TFunction } from 'i18next';
import type { Layer, Padding } from '../../../domain/architecture/architecture.ts';
import { exhaustive } from '../../../util/assert.ts';

/** What a layer does, in the words of namespace `architecture`. */
export function layerWords(layer: Layer, t: TFunction): string {
  switch (layer.kind) {
    case 'conv2d': {
      const words = t('conv2d', {
        size: layer.kernelSize,
        stride: layer.stride,
        padding: paddingWords(layer.padding, t),
        activation: t(layer.activation),
      });
      return layer.groups === 1
        ? words
        : `${words}, ${t('conv2d.groups', { groups: layer.groups })}`;
    }
    case 'maxPool':
    case 'avgPool':
      return t(layer.kind, {
        size: layer.poolSize,
        stride: layer.stride,
        padding: paddingWords(layer.padding, t),
      });
    case 'lrn':
      return t('lrn', { window: 2 * layer.depthRadius + 1 });
    case 'batchNorm':
    case 'globalAveragePool':
      return t(layer.kind);
    case 'dropout':
      return t('dropout', { rate: layer.rate });
    case 'flatten':
      return t('flatten');
    case 'dense':
      return t('dense', { activation: t(layer.activation) });
    default:
      return exhaustive(layer);
  }
}

function paddingWords(padding: Padding, t: TFunction): string {
  return typeof padding === 'number'
    ? t('padding.number', { pixels: padding })
    : t(`padding.${padding}`);
}
