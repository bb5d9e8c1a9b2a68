import { permutation, RandomStream } from '../util/random.ts';

/** One image in twelve, which makes 5,000 of MNIST's 60,000. */
export function defaultValidationCount(count: number): number {
  return Math.floor(count / 12);
}

/** Divides 0..count-1 at random into images to train on and images to validate with. */
export function splitTraining(
  count: number,
  validationCount: number,
  seed: number,
): { training: Uint32Array; validation: Uint32Array } {
  const order = permutation(seed, RandomStream.split, 0, count);
  return {
    validation: order.slice(0, validationCount),
    training: order.slice(validationCount),
  };
}
