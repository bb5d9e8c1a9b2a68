import type { Architecture, Conv2dLayer, DenseLayer } from '../../src/domain/architecture.ts';
import { describeNetwork } from '../../src/domain/shapes.ts';

/** One of the products of a layer with weights: those are what the FLOPs of a step are counted of. */
export interface LayerProduct {
  readonly layer: Conv2dLayer | DenseLayer;
  readonly which: 'forward' | 'weight gradient' | 'input gradient';
  readonly batch: number;
  /** Per image. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly flops: number;
}

/** Three a layer, but for the first, of whose input nobody needs the gradient. */
export function productsOf(architecture: Architecture, batch: number): LayerProduct[] {
  let first = true;
  return describeNetwork(architecture).layers.flatMap((report) => {
    const { layer, inputShape, outputShape, multiplyAdds } = report;
    if (layer.kind !== 'conv2d' && layer.kind !== 'dense') return [];
    const flops = 2 * batch * multiplyAdds;
    const wanted = [
      'forward',
      'weight gradient',
      ...(first ? [] : ['input gradient' as const]),
    ] as const;
    first = false;
    return wanted.map((which) => ({ layer, which, batch, inputShape, outputShape, flops }));
  });
}
