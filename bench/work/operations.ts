import type { Architecture } from '../../src/domain/architecture/architecture.ts';
import { describeNetwork, type LayerReport } from '../../src/domain/architecture/shapes.ts';
import { productFlops } from './flops.ts';
import type { Flops } from './work.ts';

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
  readonly flops: Flops;
}

/**
 * The products, normalisations and poolings of a training step, forward and backward: three for a layer
 * with weights, but for the first, of whose input nobody needs the gradient.
 */
export function operationsOf(layers: readonly LayerReport[], batch: number): ListedOperation[] {
  let first = true;
  return layers.flatMap((report, layer) => {
    const { kind, name } = report.layer;
    const flops = productFlops(report, batch);
    const on = (which: LayerOperation['which']) => ({ layer, which, name, flops });
    if (kind === 'lrn' || kind === 'maxPool') return [on('forward'), on('gradient')];
    if (kind !== 'conv2d' && kind !== 'dense') return [];
    const wanted = [on('forward'), on('weight gradient')];
    if (!first) wanted.push(on('input gradient'));
    first = false;
    return wanted;
  });
}

/**
 * The products of a training step. A layer with y = W x has, beside that forward product, the gradient of its
 * input (transposed W times dy), which nobody needs of the first layer, and that of its weights (dy times
 * transposed x). All three cost the same. Normalisation, pooling, dropout and Adam are left out: they are
 * bound by memory.
 */
export function stepFlops(architecture: Architecture, batch: number): Flops {
  const all = operationsOf(describeNetwork(architecture).layers, batch);
  const sum = (of: keyof Flops) => all.reduce((total, { flops }) => total + flops[of], 0);
  return { padded: sum('padded'), inside: sum('inside') };
}
