import { RandomStream } from '../util/random.ts';

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
  return {
    shape,
    seed,
    stream: RandomStream.dropout + 256 * layer,
    step,
    dropBelow: Math.ceil(rate * 2 ** 24),
    scale: 1 / (1 - rate),
  };
}
