import type { NamedTensor } from '../runs/run.ts';

/** Whose weights were looked at, and after how many steps. */
export interface Looked {
  readonly runId: string;
  readonly step: number;
}

/** What a network makes of one picture on the way through its layers. */
export interface Inspection extends Looked {
  /** What the network saw: `height * width` bytes, or `height * width * channels`. */
  readonly pixels: Uint8Array;
  /** In their order; none of layers that pass on what they are given. */
  readonly layers: readonly LayerActivations[];
  /** One entry a class. */
  readonly logits: Float32Array;
  /** Summing to 1. */
  readonly probabilities: Float32Array;
}

/** What comes out of a layer, its activation function included. */
export interface LayerActivations {
  readonly name: string;
  /** `[height, width, channels]`, or `[units]`: row-major, the channel last. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of a layer with which the network is used. */
export interface LayerFilters extends Looked {
  readonly layer: string;
  /** `[height, width, channels in, filters]` of a convolution, `[units in, units]` of a dense layer. */
  readonly kernel: NamedTensor;
  readonly bias?: NamedTensor;
  /**
   * What learning has added: the kernel less what the seed gives. Missing where the weights do not come from
   * that seed.
   */
  readonly learned?: Float32Array;
}
