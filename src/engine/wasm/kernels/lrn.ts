/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3), and its
 * gradient, by the SIMD kernels `lrn` and `lrnGradient`, where the mathematics is. NHWC; each pixel
 * stands alone.
 */
import { tf } from '../../tf.ts';
import { type KernelCall, shape4D, type WasmKernel } from '../kernel.ts';
import { lrnScratchBytes } from '../scratch.ts';

export const lrnKernel: WasmKernel = {
  name: tf.LRN,
  run(call) {
    const x = call.input('x');
    if (x.dtype !== 'float32') return call.stock();
    const y = call.output(x.shape);
    call.run('lrn', call.addressOf(x), call.addressOf(y), ...numbersOf(call, x));
    return y;
  },
};

export const lrnGradKernel: WasmKernel = {
  name: tf.LRNGrad,
  run(call) {
    const [x, dy] = [call.input('x'), call.input('dy')];
    if (x.dtype !== 'float32' || dy.dtype !== 'float32') return call.stock();
    const dx = call.output(x.shape);
    const operands = [dy, x, dx].map((tensor) => call.addressOf(tensor));
    call.run('lrnGradient', ...operands, ...numbersOf(call, x));
    return dx;
  },
};

function numbersOf(call: KernelCall, x: tf.TensorInfo): number[] {
  const { depthRadius, bias, alpha, beta } = call.attrs as tf.LRNAttrs;
  const [batch, height, width, channels] = shape4D(x);
  return [
    ...[batch * height * width, channels, depthRadius, bias, alpha, beta],
    ...call.scratch(lrnScratchBytes(channels, depthRadius)),
  ];
}
