import { permutation, RandomStream } from '../../util/random.ts';

/** One image in twelve, which makes 5,000 of MNIST's 60,000; of two images or more at least one. */
export function defaultValidationCount(count: number): number {
  return count < 2 ? 0 : Math.max(1, Math.floor(count / 12));
}

/**
 * Divides 0..count-1 at random into images to train on and images to validate with. Both stay in
 * random order, so that the first few of either stand for all, even where a file is sorted by class.
 */
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
