import { tf } from '../tfjs/tf.ts';
import { type GradientCase, outputAndGradients, sampleValues } from './compare.ts';

/**
 * Checks gradients without another implementation, by their meaning. Along a direction d the loss
 *
 *   L(x) = sum over i of  dy[i] * output(x)[i]
 *
 * rises by grad . d a step, which the difference quotient (L(x + h d) - L(x - h d)) / 2h gives too.
 */

/** Small, so that curves look straight; large, so that the loss changes by more than it is rounded. */
const STEP = 1e-3;

/**
 * For each input of the case, how far its gradient is from the slope of the output on tfjs's current
 * engine, as a share of the steepest slope possible.
 */
export async function slopeErrors(gradientCase: GradientCase): Promise<number[]> {
  const start = gradientCase.shapes.map((shape, i) => sampleValues(shape, i + 1));
  const [, ...gradients] = await outputAndGradients(gradientCase);
  const errors: number[] = [];
  for (const [input, gradient] of gradients.entries()) {
    const direction = sampleValues(gradientCase.shapes[input] ?? [], 7);
    const lossAt = (length: number) => {
      const moved = start.map((values, i) =>
        i === input ? values.map((value, k) => value + length * (direction[k] ?? 0)) : values,
      );
      return loss(gradientCase, moved);
    };
    const slope = ((await lossAt(STEP)) - (await lossAt(-STEP))) / (2 * STEP);
    const steepest = Math.hypot(...gradient) * Math.hypot(...direction);
    errors.push(Math.abs(slope - dot(gradient, direction)) / steepest);
  }
  return errors;
}

/** With the `dy` of `outputAndGradients`. */
async function loss(
  { shapes, compute }: GradientCase,
  inputs: readonly Float32Array[],
): Promise<number> {
  const output = tf.tidy(() =>
    compute(inputs.map((values, i) => tf.tensor(values, [...(shapes[i] ?? [])]))),
  );
  const values = await output.data<'float32'>();
  output.dispose();
  return dot(values, sampleValues(output.shape, 99));
}

/** In 64 bits: the slope is a small difference of two losses. */
function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
