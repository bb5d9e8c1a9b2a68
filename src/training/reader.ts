import type { NamedTensor } from '../domain/runs/run.ts';

/** Reads images with the weights of a network, and looks inside of it; nothing is dropped meanwhile. */
export interface Reader {
  /** Logits `[count, classes]` of images, NHWC and scaled. */
  infer(images: Float32Array, count: number): Promise<Float32Array>;
  /** The same, and what the network makes of them on the way. */
  inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected>;
  dispose(): void;
}

/** What is to be seen of each image. */
export interface Wanted {
  /** The layers whose outputs are to be seen, by name. */
  readonly activations?: readonly string[];
  readonly gradients?: WantedGradients;
}

/**
 * The gradients of a weighted sum of each image's logits: of one of them, where its weight is 1 and all
 * others are 0.
 */
export interface WantedGradients {
  /** `[count, classes]` */
  readonly weights: Float32Array;
  /** With respect to the outputs of these layers, by name, or to `images`. */
  readonly by: readonly string[];
}

/** A row for each image in all of it. */
export interface Inspected {
  readonly logits: Float32Array;
  /** By the name of the layer. */
  readonly activations: ReadonlyMap<string, NamedTensor>;
  /** By what they are gradients with respect to. */
  readonly gradients: ReadonlyMap<string, NamedTensor>;
}

/** Images that go through a network at once, where they fit. */
export const READING_BATCH = 200;
