import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterEach, beforeAll, expect } from 'vitest';
import { webgpuDevice } from '../../device.ts';
import { startEngine } from '../../engines.ts';
import { tf } from '../../tf.ts';
// The globals that the tests use, before the tests.
import './testing/jasmineOnVitest.ts';
import '@tensorflow/tfjs-core/dist/ops/avg_pool_test.js';
import '@tensorflow/tfjs-core/dist/ops/conv1d_test.js';
import '@tensorflow/tfjs-core/dist/ops/conv2d_separable_test.js';
import '@tensorflow/tfjs-core/dist/ops/conv2d_test.js';
import '@tensorflow/tfjs-core/dist/ops/conv2d_transpose_test.js';
import '@tensorflow/tfjs-core/dist/ops/fused/fused_conv2d_test.js';
import '@tensorflow/tfjs-core/dist/ops/fused/fused_mat_mul_test.js';
import '@tensorflow/tfjs-core/dist/ops/local_response_normalization_test.js';
import '@tensorflow/tfjs-core/dist/ops/mat_mul_test.js';
import '@tensorflow/tfjs-core/dist/ops/max_pool_test.js';
import '@tensorflow/tfjs-core/dist/ops/pool_test.js';

/**
 * The tests that tfjs ships for the operations behind our networks, on our WebGPU engine: what
 * replaces a kernel of tfjs must keep the promises of the one it replaces, to every shape, layout,
 * padding and type that tfjs tests.
 */

const faults: Error[] = [];

beforeAll(async () => {
  await startEngine('webgpu', (problem) => faults.push(problem));
});

afterEach(() => {
  const backend = tf.backend();
  expect(backend instanceof WebGPUBackend && backend.device).toBe(webgpuDevice());
  expect(faults.splice(0)).toEqual([]);
});
