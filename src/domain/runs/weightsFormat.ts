/**
 * Kinds of weights files: the safetensors file that Python reads, the pair that tfjs loads, ONNX for
 * every runtime that reads it, a folder that PyTorch and Hugging Face's tools take for a model, and a folder that
 * reads pictures in anybody's page.
 */
export const weightsFormats = ['safetensors', 'tfjs', 'onnx', 'pytorch', 'embed'] as const;
export type WeightsFormat = (typeof weightsFormats)[number];

/** Those that hold nothing but our own tensors, as this page names and lays them. */
export const plainFormats = ['safetensors', 'tfjs'] as const satisfies readonly WeightsFormat[];
export type PlainFormat = (typeof plainFormats)[number];
