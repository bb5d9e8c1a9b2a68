import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { afterEach, beforeAll, expect } from 'vitest';
import { startEngine } from '../../engines.ts';
import { defineTfjsTests } from '../../testing/opTests/runTfjsTests.ts';
import { tf } from '../../tf.ts';

/**
 * The tests that tfjs ships for the operations behind our networks, on our WebAssembly engine, as
 * `webgpu/opTests` has them on WebGPU.
 */

beforeAll(async () => {
  await startEngine('wasm', () => undefined);
});

afterEach(() => {
  expect(tf.backend()).toBeInstanceOf(BackendWasm);
});

await defineTfjsTests({
  name: 'wasm',
  // As `startEngine` sets it: tfjs's tests reset all flags, and start the backend again.
  flags: { WASM_HAS_MULTITHREAD_SUPPORT: false },
  // Each of these fails on tfjs-backend-wasm 4.22 as it is, without our kernels.
  skipped: [
    // Its forward convolutions take the channels last only.
    /^(conv2d wasm .*x=|fused conv2d wasm).*NCHW/,
    // Its fused kernels take a bias of rank 1 only.
    /^fused conv2d .*broadcasted bias/,
    /^fused conv2d .*s=1 p=0 with bias$/,
    /^fused matmul .*(2d bias|bias different rank)/,
    // Its Identity copies, so that tensors saved for the gradient look like a leak to the core's check.
    /^fused conv2d .*(backProp input|gradient) x=\[2,3,3,1\] f=\[2,2,1,1\] s=1 p=0$/,
    // It multiplies floats only.
    /^matmul .*upcasts/,
    // Its XNNPACK refuses to pool single pixels, which goes unnoticed.
    /^pool .*f=\[1,1\] s=2 p=1 fractional outputs default rounding/,
  ],
});
