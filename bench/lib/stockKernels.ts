import { tf } from '../../src/engine/tf.ts';

/**
 * tfjs-backend-webgpu as it was published. Our own kernels take the place of some of its kernels
 * when they are installed, and a measurement of the stock library must not run them, whoever
 * installed them and when. So this module remembers what importing the backend registered.
 */
const stock = new Map(
  tf.getKernelsForBackend('webgpu').map((config) => [config.kernelName, config]),
);

/** Runs `work` with the stock kernels; afterwards all is as before. */
export function withStockKernels<T>(work: () => T): T {
  const replaced = tf.getKernelsForBackend('webgpu').filter(({ kernelName, kernelFunc }) => {
    const original = stock.get(kernelName);
    return original !== undefined && original.kernelFunc !== kernelFunc;
  });
  for (const { kernelName } of replaced) register(stock.get(kernelName));
  try {
    return work();
  } finally {
    for (const config of replaced) register(config);
  }
}

function register(config: tf.KernelConfig | undefined): void {
  if (!config) return;
  tf.unregisterKernel(config.kernelName, 'webgpu');
  tf.registerKernel(config);
}
