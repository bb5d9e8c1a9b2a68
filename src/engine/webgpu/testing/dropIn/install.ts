import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { webgpuTraits } from '../../../device.ts';
import { startEngine } from '../../../engines.ts';
import { tf } from '../../../tfjs/tf.ts';
import { holdsFloats } from '../../../tfjs/webgpuInternals.ts';
import type { DeviceTraits } from '../../operation.ts';
import { convKernels } from './convKernels.ts';
import { type DropIn, KernelCall } from './kernelCall.ts';
import { matMulKernels } from './matMulKernels.ts';
import { pixelKernels } from './pixelKernels.ts';

/**
 * Puts our kernels in the place of tfjs's own, under the same names, so that tests can have tfjs call
 * them and compare. What ours do not cover (other data types, dilation, exotic activations) goes to
 * tfjs's kernel.
 */

const dropIns: Readonly<Record<string, DropIn>> = {
  ...convKernels,
  ...matMulKernels,
  ...pixelKernels,
};

/** Starts tfjs on WebGPU with our kernels. */
export async function startWithOurKernels(onFault: (problem: Error) => void): Promise<void> {
  await startEngine('tfjs', onFault);
  installKernels(webgpuTraits());
}

/** Tfjs's own kernels while ours are in their place. */
const stock = new Map<string, tf.KernelConfig>();

export function installKernels(traits: DeviceTraits): void {
  uninstallKernels();
  for (const [kernelName, dropIn] of Object.entries(dropIns)) {
    const own = tf.getKernel(kernelName, 'webgpu');
    stock.set(kernelName, own);
    tf.unregisterKernel(kernelName, 'webgpu');
    tf.registerKernel({
      ...own,
      kernelFunc: (params) => {
        const { inputs, attrs } = params;
        const backend = params.backend as WebGPUBackend;
        const call = new KernelCall(backend, inputs, attrs ?? {});
        const ours = isOurs(backend, inputs) ? dropIn(call, traits) : undefined;
        return ours ?? own.kernelFunc(params);
      },
    });
  }
}

/** Gives tfjs its own kernels back, to compare. */
export function uninstallKernels(): void {
  for (const [kernelName, own] of stock) {
    tf.unregisterKernel(kernelName, 'webgpu');
    tf.registerKernel(own);
  }
  stock.clear();
}

/** Our kernels compute on floats, and on some of them. */
function isOurs(backend: WebGPUBackend, inputs: tf.NamedTensorInfoMap): boolean {
  return Object.values(inputs).every(
    (input) => !input || (holdsFloats(backend, input) && tf.util.sizeFromShape(input.shape) > 0),
  );
}
