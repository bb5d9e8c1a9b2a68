/** Sides of images, in pixels, that the networks take: smaller ones vanish in the pooling layers. */
export const imageSides = { min: 16, max: 64 } as const;
