import type { Scaling } from '../../domain/recipe/scaling.ts';

/** What a network makes of its input before its first layer: `value = input * factor + shift`. */
export interface Affine {
  readonly factor: number;
  readonly shift: number;
}

/** A network that makes small what it is given, or takes much away from it, is given bytes as floats. */
const SMALL_FACTOR = 1 / 16;
const LARGE_SHIFT = 16;

/** Whether the network scales bytes itself, and not numbers from 0 to 1. */
export function scalesBytes({ factor, shift }: Affine): boolean {
  return Math.abs(factor) < SMALL_FACTOR || Math.abs(shift) > LARGE_SHIFT;
}

/** Of bytes, where the network takes numbers from 0 to 1 or those bytes themselves. */
export function scalingOf({ factor: ofInput, shift }: Affine, isOfBytes: boolean): Scaling {
  const factor = isOfBytes ? ofInput : ofInput / 255;
  return shift === 0
    ? { kind: 'minmax', offset: 0, factor }
    : { kind: 'standard', offset: -shift / factor, factor };
}
