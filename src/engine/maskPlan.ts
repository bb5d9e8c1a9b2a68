import { RandomStream } from '../util/random.ts';

/** The name of our tfjs kernel. */
export const DROPOUT_MASK = 'DropoutMask';

/** What all implementations work from. */
export interface MaskPlan {
  readonly shape: readonly number[];
  readonly seed: number;
  readonly stream: number;
  readonly step: number;
  /** Elements whose 24 random bits are below this are dropped. */
  readonly dropBelow: number;
  /** What the others are multiplied by. */
  readonly scale: number;
}

export interface MaskAttrs {
  readonly shape: readonly number[];
  readonly rate: number;
  readonly seed: number;
  readonly step: number;
  readonly layer: number;
}

export function planMask({ shape, rate, seed, step, layer }: MaskAttrs): MaskPlan {
  return { shape, seed, stream: maskStream(layer), step, ...maskThreshold(rate) };
}

/** Below which 24-bit number an element is dropped, and what the others are multiplied by. */
export function maskThreshold(rate: number): Pick<MaskPlan, 'dropBelow' | 'scale'> {
  return { dropBelow: Math.ceil(rate * 2 ** 24), scale: 1 / (1 - rate) };
}

/** The stream of random numbers of a network's layer. */
export function maskStream(layer: number): number {
  return RandomStream.dropout + 256 * layer;
}
