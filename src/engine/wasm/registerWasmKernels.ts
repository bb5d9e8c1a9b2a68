import { registerWasmKernel } from './kernel.ts';
import { batchMatMulKernel } from './kernels/batchMatMul.ts';
import { conv2dBackpropFilterKernel } from './kernels/conv2dBackpropFilter.ts';
import { conv2dBackpropInputKernel } from './kernels/conv2dBackpropInput.ts';
import { dropoutMaskKernel } from './kernels/dropoutMask.ts';
import { lrnGradKernel, lrnKernel } from './kernels/lrn.ts';
import { maxPoolGradKernel } from './kernels/maxPoolGrad.ts';

let registered = false;

/**
 * Puts our training kernels into tfjs-backend-wasm, before or after it starts. `module` is
 * `kernels.wasm`: an instance of it works on the memory of tfjs.
 */
export function registerWasmKernels(module: WebAssembly.Module): void {
  if (registered) return;
  registered = true;
  const kernels = [
    batchMatMulKernel,
    conv2dBackpropFilterKernel,
    conv2dBackpropInputKernel,
    dropoutMaskKernel,
    lrnKernel,
    lrnGradKernel,
    maxPoolGradKernel,
  ];
  for (const kernel of kernels) registerWasmKernel(kernel, module);
}
