import type { Architecture } from '../architecture/architecture.ts';
import type { Looked } from './inspection.ts';

/**
 * How it can be asked why a picture is read as a class: by the maps of the last convolution that speak for it
 * (Grad-CAM), by the slope of its logit along each pixel, by the mean of that slope over noisy copies of the
 * picture (SmoothGrad), or by covering one part of the picture after the other (occlusion).
 */
export const explanationMethods = ['gradCam', 'gradient', 'smoothGrad', 'occlusion'] as const;
export type ExplanationMethod = (typeof explanationMethods)[number];

/** Those that a network can be asked by: Grad-CAM is of the maps of a convolution. */
export function methodsFor({ layers }: Pick<Architecture, 'layers'>): ExplanationMethod[] {
  const hasMaps = layers.some(({ kind }) => kind === 'conv2d');
  return explanationMethods.filter((method) => method !== 'gradCam' || hasMaps);
}

/** A number for each part of a picture, which lies over the whole of it. */
export interface Attribution {
  /** How many rows and columns of numbers: as many as pixels, or fewer, each for as large a part. */
  readonly height: number;
  readonly width: number;
  /** Row-major; above zero what speaks for the class, below zero (never of Grad-CAM) what speaks against it. */
  readonly values: Float32Array;
}

export interface Explanation extends Attribution, Looked {
  readonly method: ExplanationMethod;
  /** Of which class. */
  readonly label: number;
  /** What the network saw: `height * width` bytes, or `height * width * channels`. */
  readonly pixels: Uint8Array;
}
