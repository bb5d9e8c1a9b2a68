/**
 * Kinds of weights files: the safetensors file that Python reads, the pair that tfjs loads, ONNX for
 * every runtime that reads it, and a folder that PyTorch and Hugging Face's tools take for a model.
 */
export const weightsFormats = ['safetensors', 'tfjs', 'onnx', 'pytorch'] as const;
export type WeightsFormat = (typeof weightsFormats)[number];

/** Those that hold nothing but our own tensors, as this page names and lays them. */
export const plainFormats = ['safetensors', 'tfjs'] as const satisfies readonly WeightsFormat[];
export type PlainFormat = (typeof plainFormats)[number];
