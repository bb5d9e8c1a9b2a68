import type { Architecture } from '../../domain/architecture/architecture.ts';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { instantiateKernels } from '../../engine/wasm/simdKernels.ts';
import { runCalls } from '../../engine/wasm/threads/kernelCalls.ts';
import { SYNC_ADDRESS, SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { layOutLasting, layOutTransients, planCalls, resolveCalls } from './callPlan.ts';
import { MAX_HEAP_BYTES } from './heapLimit.ts';

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
  limit = MAX_HEAP_BYTES,
): Promise<Float32Array> {
  const { height, width, channels } = architecture.input;
  const count = images.length / sizeOf([height, width, channels]);
  return (await openAlone(kernels, architecture, tensors, count, limit))(images);
}

/**
 * The same for images that come one after the other: the memory with the weights stays for as long as what is
 * given here is held.
 * @param count as many go through at once, if there is room for them
 */
export async function openAlone(
  kernels: WebAssembly.Module,
  architecture: Architecture,
  tensors: readonly NamedTensor[],
  count: number,
  limit = MAX_HEAP_BYTES,
): Promise<(images: Float32Array) => Float32Array> {
  const { height, width, channels } = architecture.input;
  const floatsOfOne = sizeOf([height, width, channels]);
  const { plan, layout, atOnce } = layOutToFit(architecture, count, limit);
  const [result] = plan.results;
  assert(result, 'an inference gives logits');
  const memory = memoryOf(layout.totalBytes);
  const floats = (name: string, length: number) => {
    const address = layout.addressOf.get(name);
    assert(address !== undefined, `value ${name} has a place`);
    return new Float32Array(memory.buffer, address, length);
  };
  for (const { name, values } of tensors) floats(name, values.length).set(values);
  const alone = { kernels: await instantiateKernels(kernels, memory), memory };
  const calls = resolveCalls(plan, layout);
  return (images) => {
    const logits: number[] = [];
    for (let from = 0; from < images.length; from += atOnce * floatsOfOne) {
      const part = images.subarray(from, from + atOnce * floatsOfOne);
      // Of the last part there may be less: what then lies behind it is nobody's.
      floats('images', part.length).set(part);
      runCalls(alone, calls, 0, 1);
      logits.push(...floats(result.name, (part.length / floatsOfOne) * architecture.classes));
    }
    return Float32Array.from(logits);
  };
}

/** As many images at once as there is room for. */
function layOutToFit(architecture: Architecture, count: number, limit: number) {
  for (let atOnce = count; ; atOnce = Math.ceil(atOnce / 2)) {
    // Nothing drops, so that no seed matters.
    const plan = planCalls(planInference(architecture, atOnce, false), 0);
    const lasting = layOutLasting([plan], [], 1, SYNC_ADDRESS + SYNC_BYTES);
    const layout = layOutTransients(plan, lasting);
    if (layout.totalBytes <= limit) return { plan, layout, atOnce };
    if (atOnce === 1) throw noHeap(layout.totalBytes);
  }
}

function memoryOf(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw noHeap(bytes);
  }
}

const noHeap = (bytes: number) =>
  new WorkbenchError('engine.noHeap', { neededMB: Math.round(bytes / 1e6) });
