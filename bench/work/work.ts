import type { Architecture } from '../../src/domain/architecture/architecture.ts';
import type { LayerReport } from '../../src/domain/architecture/shapes.ts';
import type { LabelledImages } from '../../src/domain/data/dataset.ts';
import type { OptimizerRule } from '../../src/domain/recipe/optimizerRule.ts';
import type { Recipe } from '../../src/domain/recipe/recipe.ts';
import type { Scaling } from '../../src/domain/recipe/scaling.ts';
import type { NamedTensor } from '../../src/domain/runs/run.ts';
import type { ListedOperation } from './operations.ts';

/**
 * What all contestants do: train the same network from the same weights on the same images in the same
 * order. It is written once, into a file of JSON and one of bytes, and every contestant reads these two,
 * whatever it is written in and wherever it runs.
 */

/** What decides the work. */
export interface WorkSpec {
  readonly arch: Recipe['architecture'];
  readonly norm: 'lrn' | 'none';
  readonly width: number;
  readonly batch: number;
  readonly dropout: number;
  readonly seed: number;
  /** Noise of MNIST's shape: no kernel is faster or slower for what pixels show. Or the data itself. */
  readonly data: 'noise' | 'mnist';
  /**
   * To show that all compute the same: without dropout, the first batch again and again, at a rate so small
   * that the loss falls by the gradients and by nothing else.
   */
  readonly isProof?: boolean;
}

/** The file of JSON. Places are in bytes from the beginning of the other file. */
export interface WorkManifest {
  readonly spec: WorkSpec;
  readonly architecture: Architecture;
  readonly layers: readonly LayerEntry[];
  readonly recipe: Recipe;
  readonly adam: Pick<OptimizerRule, 'beta1' | 'beta2' | 'epsilon'>;
  readonly scaling: Scaling;
  readonly parameters: number;
  /** Float32, as our own files name and lay them out: HWIO, and in x out. */
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly place: number;
  }[];
  readonly images: {
    readonly count: number;
    /** Those from here on are not trained on. */
    readonly trained: number;
    readonly shape: LabelledImages['shape'];
    /** One byte a channel, NHWC. */
    readonly pixels: number;
    /** One byte an image. */
    readonly labels: number;
  };
  /** Uint32: the images of all steps, one after the other; after the last comes the first again. */
  readonly order: { readonly count: number; readonly place: number };
  readonly flops: Flops;
  readonly operations: readonly ListedOperation[];
}

/** Of one step: see flops.ts. */
export interface Flops {
  /** Taps that lie on the padding counted, as is usual. */
  readonly padded: number;
  /** Without them. */
  readonly inside: number;
}

/** Fields of the layer itself, and the shapes around it, of one image. */
export type LayerEntry = LayerReport['layer'] & {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
};

/** The two files, read. */
export interface Work {
  readonly manifest: WorkManifest;
  readonly weights: readonly NamedTensor[];
  readonly images: LabelledImages;
  /** The images of a step, counted from 0. */
  indices(step: number): Uint32Array;
}

/** The images that are not trained on. */
export function validationIndices({ manifest }: Work): Uint32Array {
  const { count, trained } = manifest.images;
  return Uint32Array.from({ length: count - trained }, (_, i) => trained + i);
}
