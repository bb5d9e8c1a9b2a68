import type { Activation } from './activation.ts';
import { finishSums, kernelAndBias, sumsGradient } from './affine.ts';
import { inner, type LayerKind, type Placed, weightOf } from './layerKind.ts';
import { gradientOf, type MatMulShape, type Value } from './operation.ts';
import { sizeOf } from './shape.ts';

/**
 * Every unit sees every input:  `y = activation(x W + bias)`, and on the way back
 *
 *   d W = x^T d sums,   d x = d sums W^T
 */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly name: string;
  readonly units: number;
  readonly activation: Activation;
}

export const dense: LayerKind<DenseLayer> = {
  outputShape: ({ units }) => [units],

  weights: ({ name, units }, inputShape) => kernelAndBias(name, [sizeOf(inputShape), units], units),

  forward(place) {
    const { y } = place;
    const sums = inner(place, 'sums', y.shape);
    const [kernel, bias] = [weightOf(place, 'kernel'), weightOf(place, 'bias')];
    const { batch, inputs, units } = extents(place);
    return [
      product(place.x, kernel, sums, { rows: batch, depth: inputs, columns: units }),
      ...finishSums(place, sums, bias, y),
    ];
  },

  backward(place) {
    const { x } = place;
    const kernel = weightOf(place, 'kernel');
    const { dsums, operations } = sumsGradient(place);
    const { batch, inputs, units } = extents(place);
    const ofKernel = { rows: inputs, depth: batch, columns: units, transposeA: true };
    const ofInput = { rows: batch, depth: units, columns: inputs, transposeB: true };
    return [
      ...operations,
      product(x, dsums, gradientOf(kernel), ofKernel),
      product(dsums, kernel, gradientOf(x), ofInput),
    ];
  },
};

const extents = ({ layer, batch, inputShape }: Placed<DenseLayer>) => ({
  ...{ batch, inputs: sizeOf(inputShape), units: layer.units },
});

const product = (
  a: Value,
  b: Value,
  c: Value,
  shape: Partial<MatMulShape> & Pick<MatMulShape, 'rows' | 'columns' | 'depth'>,
) => ({
  kind: 'matMul' as const,
  of: { transposeA: false, transposeB: false, ...shape },
  reads: { a, b },
  writes: { c },
});
