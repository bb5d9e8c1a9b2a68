import type { Architecture } from '../../src/domain/architecture.ts';
import { describeNetwork } from '../../src/domain/shapes.ts';

/** A multiplication and an addition. */
const FLOPS_PER_MULTIPLY_ADD = 2;

/**
 * The arithmetic that a training step cannot do without, in FLOP: the products of the convolutions
 * and dense layers, three times each. A layer with y = W x has, beside that forward product, the
 * gradient of its input (transposed W times dy), which nobody needs of the first layer, and that of
 * its weights (dy times transposed x). All three cost the same. Normalisation, pooling, dropout and
 * Adam are left out: they are bound by memory and count for nothing here.
 */
export function stepFlops(architecture: Architecture, batch: number): number {
  const { layers, multiplyAdds } = describeNetwork(architecture);
  const first = layers.find((layer) => layer.multiplyAdds > 0)?.multiplyAdds ?? 0;
  return FLOPS_PER_MULTIPLY_ADD * batch * (3 * multiplyAdds - first);
}
