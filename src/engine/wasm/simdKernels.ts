/**
 * The kernels of the folder `assembly`, compiled from AssemblyScript to WebAssembly with SIMD. They
 * allocate nothing and keep nothing: arguments are extents and byte addresses in the memory that the
 * module was made for, with 32 readable bytes behind every operand that hold finite numbers. The last
 * two arguments are the number of this thread and the number of threads.
 */
export interface SimdKernels {
  adam: Kernel;
  augmentBatch: Kernel;
  average: Kernel;
  avgPool: Kernel;
  avgPoolGradient: Kernel;
  /** Its last argument is the number of threads; gives 1 where the others did not come in time. */
  barrier(sync: number, seconds: number, threads: number): number;
  batchMoments: Kernel;
  batchNorm: Kernel;
  batchNormInputGradient: Kernel;
  batchNormStillGradient: Kernel;
  batchNormWeightGradients: Kernel;
  columnSums: Kernel;
  conv2d: Kernel;
  conv2dFilterGradient: Kernel;
  conv2dInputGradient: Kernel;
  copyChannels: Kernel;
  dropout: Kernel;
  gate: Kernel;
  gatherBatch: Kernel;
  lrn: Kernel;
  lrnGradient: Kernel;
  matMul: Kernel;
  maxPool: Kernel;
  maxPoolGradient: Kernel;
  meanMetrics: Kernel;
  padImages: Kernel;
  softmaxCrossEntropy: Kernel;
  tanhInPlace: Kernel;
  transpose: Kernel;
}

export type Kernel = (...args: number[]) => void;

export type KernelName = Exclude<keyof SimdKernels, 'barrier'>;

/** `module` is `kernels.wasm`, or `kernels-shared.wasm` for a memory that threads share. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<SimdKernels> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return instance.exports as unknown as SimdKernels;
}
