import { augmentShapeOf } from '../../domain/augment/draw.ts';
import { PARAMETERS } from '../../domain/augment/parameters.ts';
import { drawPreview, type PreviewJob } from '../../domain/augment/preview.ts';
import { augmentScratchBytes } from '../../engine/wasm/scratch.ts';
import { SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { ThreadTeam } from '../../engine/wasm/threads/threadTeam.ts';
import { assert } from '../../util/assert.ts';
import { type CallPlan, CallPlanBuilder, layOut, resolveCalls } from './callPlan.ts';

/**
 * Varies images with the kernel that training uses, on this thread alone and in a memory of its own:
 * that of a run which waits in a pause is not touched. Gives the bytes before they are rounded, an
 * entry a step.
 */
export async function varyOnWasm(job: PreviewJob): Promise<Float32Array[]> {
  const { images, steps } = job;
  const { count, pixels, labels } = images;
  const plan = planVariation(job);
  const layout = layOut(plan, 1, SYNC_BYTES);
  const team = await ThreadTeam.open(layout.totalBytes, 1);
  const { buffer } = team.memory;
  const addressOf = (name: string) => {
    const address = layout.addressOf.get(name);
    assert(address !== undefined, `buffer ${name} has a place`);
    return address;
  };
  const floats = (name: string, length: number) =>
    new Float32Array(buffer, addressOf(name), length);
  new Uint8Array(buffer).set(pixels, addressOf('pixels'));
  new Uint8Array(buffer).set(labels, addressOf('labels'));
  new Uint32Array(buffer, addressOf('order'), count).set([...labels.keys()]);
  const list = team.learn(resolveCalls(plan, layout));
  try {
    return Array.from({ length: steps }, (_, step) => {
      floats('variations', count * PARAMETERS).set(drawPreview(job, step));
      team.run(list);
      return floats('x', pixels.length).slice();
    });
  } finally {
    team.dispose();
  }
}

/** The call that begins a step (`stepCalls.ts`), with a scaling that leaves bytes as they are. */
function planVariation({ plan, images: { count, pixels, shape } }: PreviewJob): CallPlan {
  const calls = new CallPlanBuilder();
  const { bends, thickens } = augmentShapeOf(plan);
  calls.add('forward', 'images', 'augmentBatch', [
    calls.keep('pixels', pixels.length),
    calls.keep('labels', count),
    calls.keep('order', 4 * count),
    calls.keep('variations', 4 * count * PARAMETERS),
    calls.keep('x', 4 * pixels.length),
    calls.keep('batch labels', count),
    ...[count, shape.height, shape.width, shape.channels],
    ...[Number(bends), Number(thickens), 0, 1],
    ...calls.scratch(augmentScratchBytes(shape)),
  ]);
  return calls.finish();
}
