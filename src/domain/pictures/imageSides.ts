/** Sides of images, in pixels, that the networks take: smaller ones vanish in the pooling layers. */
export const imageSides = { min: 16, max: 64 } as const;

/** Sides of images that are accepted and resampled to those above. */
export const sourceSides = { min: 4, max: 4096 } as const;

export interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * The size at which a network sees an image of this size: the same where both sides are within
 * `imageSides`, else scaled, in proportion, until the longer side is; a side that is then still too
 * short is stretched.
 */
export function fittingSize({ height, width }: Size): Size {
  const { min, max } = imageSides;
  const shrink = Math.min(1, max / Math.max(height, width));
  const grow = Math.max(1, min / Math.min(height, width));
  const scale = shrink < 1 ? shrink : Math.min(grow, max / Math.max(height, width));
  const side = (pixels: number) => Math.min(max, Math.max(min, Math.round(scale * pixels)));
  return { height: side(height), width: side(width) };
}

export function isWithin(sides: { min: number; max: number }, { height, width }: Size): boolean {
  return Math.min(height, width) >= sides.min && Math.max(height, width) <= sides.max;
}

/** As sentences say it: `28x28`, height first. */
export function sizeWords({ height, width }: Size): string {
  return `${height}x${width}`;
}
