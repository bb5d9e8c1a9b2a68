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
    {
      names: /^(conv2d wasm .*x=|fused conv2d wasm).*NCHW/,
      reason: 'stock forward convolutions take the channels last only',
    },
    {
      names: /^fused conv2d .*broadcasted bias/,
      reason: 'stock fused kernels take a bias of rank 1 only',
    },
    {
      names: /^fused conv2d .*s=1 p=0 with bias$/,
      reason: 'stock fused kernels take a bias of rank 1 only',
    },
    {
      names: /^fused matmul .*(2d bias|bias different rank)/,
      reason: 'stock fused kernels take a bias of rank 1 only',
    },
    {
      names: /^fused conv2d .*(backProp input|gradient) x=\[2,3,3,1\] f=\[2,2,1,1\] s=1 p=0$/,
      reason: "stock Identity copies, which looks like a leak to the core's check",
    },
    { names: /^matmul .*upcasts/, reason: 'stock products are of floats only' },
    {
      names: /^pool .*f=\[1,1\] s=2 p=1 fractional outputs default rounding/,
      reason: 'XNNPACK refuses to pool single pixels, which goes unnoticed',
    },
  ],
});
