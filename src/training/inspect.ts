import type { Network } from './network.ts';
import type { Inspected } from './reader.ts';

/** What is to be seen of each image in one pass. */
export interface Looks {
  /** The layers whose outputs are to be seen, by name. */
  readonly activations?: readonly string[];
  /** The gradients of one logit of each image, with respect to layers' outputs by name, or to `images`. */
  readonly gradients?: {
    /** Of which class the logit is, image by image. */
    readonly classes: readonly number[];
    readonly by: readonly string[];
  };
}

/**
 * Looks inside of a network while images go through it, on the engine in use and in the memory that a
 * run has there: with the weights in use, nothing dropped, moving statistics in place.
 * @param images NHWC, scaled
 */
export function inspect(
  network: Network,
  images: Float32Array,
  count: number,
  { activations = [], gradients }: Looks,
): Promise<Inspected> {
  const { classes } = network.architecture;
  const weights = new Float32Array(count * classes);
  for (const [image, label] of (gradients?.classes ?? []).entries()) {
    weights[image * classes + label] = 1;
  }
  const of = gradients && { gradients: { weights, by: gradients.by } };
  return network.inspect({ activations, ...of }, images, count);
}
