import type { Labels } from '../data/labels.ts';
import type { Looked } from './inspection.ts';

/** How many validation images are looked at, at most. */
export const MOST_EXCITING = 2000;
/** As many as a square of three by three shows. */
export const TOP_PLACES = 9;

/**
 * What excites each unit of a layer most, of many validation images. A unit is a filter of a convolution,
 * wherever it answers, or one number of a dense layer. Lists of `units * top` entries have the places of the
 * first unit first, the strongest of each before the others.
 */
export interface Exciting extends Looked {
  readonly layer: string;
  readonly units: number;
  /** How many places of each unit are told, each of another image. */
  readonly top: number;
  /** How many images were looked at. */
  readonly images: number;
  /** Of each unit, in how many of them it was above zero: a unit with none is dead. */
  readonly active: Uint32Array;
  /** 0 where there is no place: a unit that answers in fewer images. */
  readonly values: Float32Array;
  /** Where in the layer; `receptiveField` tells which pixels that are. */
  readonly ys: Uint16Array;
  readonly xs: Uint16Array;
  /** Which of `shown`. */
  readonly imageOf: Uint16Array;
  /** Every image that is among the strongest of a unit, as the network saw it. */
  readonly shown: ShownImages;
}

export interface ShownImages {
  /** Which of the validation images. */
  readonly indices: Uint32Array;
  readonly labels: Labels;
  /** `height * width * channels` bytes each. */
  readonly pixels: Uint8Array;
}
