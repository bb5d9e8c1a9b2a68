import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterEach, beforeAll, expect } from 'vitest';
import { webgpuDevice } from '../../device.ts';
import { startEngine } from '../../engines.ts';
import { defineTfjsTests } from '../../testing/opTests/runTfjsTests.ts';
import { tf } from '../../tf.ts';

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

await defineTfjsTests({
  name: 'webgpu',
  // Or tfjs would compute small tensors on the processor.
  flags: { WEBGPU_CPU_FORWARD: false },
});
