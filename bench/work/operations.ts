import type { LayerEntry } from './work.ts';

/** One operation of one layer. */
export interface LayerOperation {
  /** Its place among the layers. */
  readonly layer: number;
  /** `gradient` is that of layers without weights. */
  readonly which: 'forward' | 'weight gradient' | 'input gradient' | 'gradient';
}

/** An operation with what a table says of it. */
export interface ListedOperation extends LayerOperation {
  readonly name: string;
  readonly flops: number;
}

/**
 * The products, normalisations and poolings of a training step, forward and backward: three for a layer
 * with weights, but for the first, of whose input nobody needs the gradient.
 */
export function operationsOf(layers: readonly LayerEntry[], batch: number): ListedOperation[] {
  let first = true;
  return layers.flatMap((entry, layer) => {
    const on = (which: LayerOperation['which'], flops = 0) => ({
      layer,
      which,
      name: entry.name,
      flops,
    });
    if (entry.kind === 'lrn' || entry.kind === 'maxPool') return [on('forward'), on('gradient')];
    if (entry.kind !== 'conv2d' && entry.kind !== 'dense') return [];
    const inputs = entry.inputShape[entry.inputShape.length - 1] ?? 1;
    const products =
      entry.kind === 'dense'
        ? inputs * entry.units
        : inputs * entry.kernelSize ** 2 * entry.outputShape.reduce((a, b) => a * b, 1);
    const flops = 2 * batch * products;
    const wanted = [on('forward', flops), on('weight gradient', flops)];
    if (!first) wanted.push(on('input gradient', flops));
    first = false;
    return wanted;
  });
}
