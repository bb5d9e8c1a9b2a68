import type { Architecture } from '../../domain/architecture.ts';
import type { NamedTensor } from '../../domain/run.ts';
import { sizeOf } from '../../domain/shapes.ts';
import { instantiateKernels } from '../../engine/wasm/simdKernels.ts';
import { runCalls } from '../../engine/wasm/threads/kernelCalls.ts';
import { SYNC_ADDRESS, SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { assert } from '../../util/assert.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { layOutLasting, layOutTransients, planCalls, resolveCalls } from './callPlan.ts';

const PAGE_BYTES = 65_536;

/**
 * Logits of a few images, by the processor's kernels, on this thread and in a memory of its own, which is
 * gone afterwards. Whatever engine a run has, and whether there is a page at all: the same bits.
 * @param images of the network's input, scaled, NHWC
 */
export async function inferAlone(
  kernels: WebAssembly.Module,
  architecture: Architecture,
  tensors: readonly NamedTensor[],
  images: Float32Array,
): Promise<Float32Array> {
  const { height, width, channels } = architecture.input;
  const count = images.length / sizeOf([height, width, channels]);
  // Nothing drops, so that no seed matters.
  const plan = planCalls(planInference(architecture, count, false), 0);
  const [result] = plan.results;
  assert(result, 'an inference gives logits');
  const lasting = layOutLasting([plan], [], 1, SYNC_ADDRESS + SYNC_BYTES);
  const layout = layOutTransients(plan, lasting);
  const pages = Math.ceil(layout.totalBytes / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const floats = (name: string, length: number) => {
    const address = layout.addressOf.get(name);
    assert(address !== undefined, `value ${name} has a place`);
    return new Float32Array(memory.buffer, address, length);
  };
  for (const { name, values } of tensors) floats(name, values.length).set(values);
  floats('images', images.length).set(images);
  const alone = { kernels: await instantiateKernels(kernels, memory), memory };
  runCalls(alone, resolveCalls(plan, layout), 0, 1);
  return floats(result.name, count * architecture.classes).slice();
}
