/** Kinds of weights files: the safetensors file that Python reads, and the pair that tfjs loads. */
export const weightsFormats = ['safetensors', 'tfjs'] as const;
export type WeightsFormat = (typeof weightsFormats)[number];
