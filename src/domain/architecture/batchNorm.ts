import { inner, type LayerKind, type Placed, STEP, weightOf } from './layerKind.ts';
import { type BatchNormShape, gradientOf, type Value } from './operation.ts';
import { sizeOf } from './shape.ts';

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015, algorithm 1):
 * `y = gamma * (x - mean) / sqrt(variance + epsilon) + beta`, in training with the mean and variance of
 * the batch, all pixels of all its images, and afterwards with their moving averages.
 *
 * On the way back, with s = sqrt(variance + epsilon), and r rows of pixels,
 *
 *   d beta = sum of d y,   d gamma = sum of d y * (x - mean) / s
 *   d x = gamma / s * (d y - d beta / r - (x - mean) / s * d gamma / r)
 */
export interface BatchNormLayer {
  readonly kind: 'batchNorm';
  readonly name: string;
  /** What a moving average keeps of itself at each step. */
  readonly momentum: number;
  readonly epsilon: number;
}

type Place = Placed<BatchNormLayer>;

export const batchNorm: LayerKind<BatchNormLayer> = {
  outputShape: (_, inputShape) => inputShape,

  /** Named as Keras names them. */
  weights({ name }, inputShape) {
    const shape = [channelsOf(inputShape)];
    return [
      { name: `${name}/gamma`, shape, initialValue: 1 },
      { name: `${name}/beta`, shape, initialValue: 0 },
      { name: `${name}/moving_mean`, shape, initialValue: 0, trainable: false },
      { name: `${name}/moving_variance`, shape, initialValue: 1, trainable: false },
    ];
  },

  forward(place) {
    const { training, x, y } = place;
    const of = shapeOf(place);
    const { moments, moving } = statisticsOf(place);
    const [gamma, beta] = [weightOf(place, 'gamma'), weightOf(place, 'beta')];
    const normalise = (mean: Value, variance: Value) => ({
      kind: 'batchNorm' as const,
      of,
      reads: { x, mean, variance, gamma, beta },
      writes: { y },
    });
    if (!training) return [normalise(moving.movingMean, moving.movingVariance)];
    return [
      { kind: 'batchMoments', of, reads: { x, step: STEP }, writes: { ...moments, ...moving } },
      normalise(moments.mean, moments.variance),
    ];
  },

  backward(place) {
    const { training, x, y } = place;
    const of = shapeOf(place);
    const { moments, moving } = statisticsOf(place);
    const [dy, dx] = [gradientOf(y), gradientOf(x)];
    const gamma = weightOf(place, 'gamma');
    if (!training) {
      const reads = { dy, variance: moving.movingVariance, gamma };
      return [{ kind: 'batchNormStillGradient', of, reads, writes: { dx } }];
    }
    const dgamma = gradientOf(gamma);
    const dbeta = gradientOf(weightOf(place, 'beta'));
    const meanGradient = inner(place, 'mean gradient', gamma.shape);
    const given = { dy, x, ...moments, step: STEP };
    return [
      {
        kind: 'batchNormWeightGradients',
        of,
        reads: given,
        writes: { dgamma, dbeta, meanGradient },
      },
      {
        kind: 'batchNormInputGradient',
        of,
        reads: { ...given, gamma, dgamma, meanGradient },
        writes: { dx },
      },
    ];
  },
};

const channelsOf = (inputShape: readonly number[]): number => inputShape.at(-1) ?? 1;

/** Those of the batch, and their moving averages. */
function statisticsOf(place: Place) {
  const shape = [channelsOf(place.inputShape)];
  return {
    moments: { mean: inner(place, 'mean', shape), variance: inner(place, 'variance', shape) },
    moving: {
      movingMean: weightOf(place, 'moving_mean'),
      movingVariance: weightOf(place, 'moving_variance'),
    },
  };
}

function shapeOf({ layer, batch, inputShape }: Place): BatchNormShape {
  const { momentum, epsilon } = layer;
  const channels = channelsOf(inputShape);
  return { batch, pixels: sizeOf(inputShape) / channels, channels, momentum, epsilon };
}
