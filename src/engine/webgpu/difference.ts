import { bindShader, encodeAll } from './boundShader.ts';
import type { Shader } from './operation.ts';
import { createStorage, type Pipelines } from './pipelines.ts';
import { readBack } from './readBack.ts';

/** Finds how far one buffer of floats is from another, on the GPU: reading both back takes longer. */

const WORKGROUPS = 256;
const WORKGROUP_SIZE = 64;

/**
 * The largest |expected| and the largest |expected - actual|, as bits: those of floats that are not
 * negative are in the order of the floats, and NaN comes above all of them.
 */
const differenceShader: Shader = {
  label: 'difference',
  operands: ['expected', 'actual', 'largest'],
  workgroups: [WORKGROUPS, 1, 1],
  wgsl: /* wgsl */ `
@group(0) @binding(0) var<storage, read> expected: array<u32>;
@group(0) @binding(1) var<storage, read> actual: array<u32>;
@group(0) @binding(2) var<storage, read_write> largest: array<atomic<u32>, 2>;

@compute @workgroup_size(${WORKGROUP_SIZE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var i = id.x; i < arrayLength(&expected); i += ${WORKGROUPS * WORKGROUP_SIZE}u) {
    atomicMax(&largest[0], expected[i] & 0x7fffffffu);
    if (expected[i] != actual[i]) {
      let difference = bitcast<f32>(expected[i]) - bitcast<f32>(actual[i]);
      atomicMax(&largest[1], bitcast<u32>(difference) & 0x7fffffffu);
    }
  }
}`,
};

const RESULT_BYTES = 8;

/** The largest difference as a share of the largest value expected; NaN where there is one. */
export async function relativeDifference(
  device: GPUDevice,
  pipelines: Pipelines,
  expected: GPUBuffer,
  actual: GPUBuffer,
): Promise<number> {
  await pipelines.prepare(differenceShader);
  const largest = createStorage(device, 'largest difference', RESULT_BYTES);
  const buffers = new Map([
    ['expected', expected],
    ['actual', actual],
  ]);
  const bound = bindShader(
    ...([device, pipelines, differenceShader] as const),
    (name) => buffers.get(name) ?? largest,
  );
  device.queue.submit([encodeAll(device, [bound])]);
  try {
    const [bytes] = await readBack(device, [{ buffer: largest, bytes: RESULT_BYTES }]);
    const [value = 0, difference = 0] = new Float32Array(bytes ?? new ArrayBuffer(RESULT_BYTES));
    return difference === 0 ? 0 : difference / value;
  } finally {
    largest.destroy();
  }
}
