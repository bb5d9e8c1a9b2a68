import * as v from 'valibot';

/**
 * How strongly training images are varied: each number bounds what is drawn anew for every image of
 * every batch. At 0 (or `off`) an image is left as it is in that respect.
 */
export interface AugmentStrengths {
  /** Moves by up to so many pixels on each axis: the random crops of Krizhevsky et al. 2012, 4.1. */
  readonly shift: number;
  /** Turns by up to so many degrees, either way. */
  readonly rotate: number;
  /** Scales by 1 - scale to 1 + scale, the same on both axes. */
  readonly scale: number;
  /** Slants by up to this share of the height. */
  readonly shear: number;
  /** Bends: control points of a grid move by up to so many pixels, pixels by 0.28 of it (`elastic.ts`). */
  readonly elastic: number;
  /** Thickens or thins bright strokes by up to so many pixels; above 1, thin ones may vanish. */
  readonly thickness: number;
  /** Adds up to this share of the full range to all pixels, or takes it away. */
  readonly brightness: number;
  /** Multiplies the distance from black by 1 - contrast to 1 + contrast. */
  readonly contrast: number;
  /** The share of images of which a rectangle is made black (Zhong et al. 2017, "Random erasing"). */
  readonly erase: number;
  /** Whether every other image, at random, is mirrored. No digit stays the same digit. */
  readonly mirror: Switch;
  /**
   * Colour images alone: standard deviation of the multiples of the data set's principal colours that
   * are added to all pixels (Krizhevsky et al. 2012, 4.1; theirs was 0.1).
   */
  readonly lighting: number;
}

export const switches = ['off', 'on'] as const;
export type Switch = (typeof switches)[number];

export const strengthRanges = {
  shift: { min: 0, max: 16 },
  rotate: { min: 0, max: 180 },
  scale: { min: 0, max: 0.9 },
  shear: { min: 0, max: 1 },
  elastic: { min: 0, max: 8 },
  thickness: { min: 0, max: 2 },
  brightness: { min: 0, max: 1 },
  contrast: { min: 0, max: 1 },
  erase: { min: 0, max: 1 },
  lighting: { min: 0, max: 1 },
} as const satisfies Partial<Record<keyof AugmentStrengths, { min: number; max: number }>>;

export const noAugmentation: AugmentStrengths = {
  shift: 0,
  rotate: 0,
  scale: 0,
  shear: 0,
  elastic: 0,
  thickness: 0,
  brightness: 0,
  contrast: 0,
  erase: 0,
  mirror: 'off',
  lighting: 0,
};

/** Just the strengths of whatever has them, a recipe for one. */
export function strengthsOf(source: AugmentStrengths): AugmentStrengths {
  const keys = Object.keys(noAugmentation) as (keyof AugmentStrengths)[];
  return Object.fromEntries(keys.map((key) => [key, source[key]])) as unknown as AugmentStrengths;
}

export function isAugmented(source: AugmentStrengths): boolean {
  const { mirror, ...numbers } = strengthsOf(source);
  return mirror === 'on' || Object.values(numbers).some((strength) => strength > 0);
}

const within = ({ min, max }: { min: number; max: number }) =>
  v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max)), 0);

/** The entries of a recipe's schema; what a record from before augmentation lacks is 0. */
export const strengthEntries = {
  shift: within(strengthRanges.shift),
  rotate: within(strengthRanges.rotate),
  scale: within(strengthRanges.scale),
  shear: within(strengthRanges.shear),
  elastic: within(strengthRanges.elastic),
  thickness: within(strengthRanges.thickness),
  brightness: within(strengthRanges.brightness),
  contrast: within(strengthRanges.contrast),
  erase: within(strengthRanges.erase),
  mirror: v.exactOptional(v.picklist(switches), 'off'),
  lighting: within(strengthRanges.lighting),
};
