import { augmentShapeOf } from '../../domain/augment/draw.ts';
import { drawPreview, type PreviewJob } from '../../domain/augment/preview.ts';
import { SYNC_BYTES } from '../../engine/wasm/threads/sync.ts';
import { ThreadTeam } from '../../engine/wasm/threads/threadTeam.ts';
import { planImages } from '../plan/trainingPlan.ts';
import { names } from '../plan/values.ts';
import { addressIn, layOutLasting, layOutTransients, planCalls, resolveCalls } from './callPlan.ts';

/**
 * Varies images with the kernel that training uses, on this thread alone and in a memory of its own:
 * that of a run which waits in a pause is not touched. Gives the bytes before they are rounded, an
 * entry a step.
 */
export async function varyOnWasm(job: PreviewJob): Promise<Float32Array[]> {
  const { plan, images, steps } = job;
  const { count, pixels, labels, shape } = images;
  const input = {
    image: shape,
    batchSize: count,
    imageCount: count,
    augment: augmentShapeOf(plan),
  };
  const calls = planCalls(planImages({ ...input, scaling: { offset: 0, factor: 1 } }), 0);
  const layout = layOutTransients(calls, layOutLasting([calls], [], 1, SYNC_BYTES));
  const team = await ThreadTeam.open(layout.totalBytes, 1);
  const { buffer } = team.memory;
  const addressOf = (name: string) => addressIn(layout, name);
  new Uint8Array(buffer).set(pixels, addressOf(names.pixels));
  new Uint16Array(buffer, addressOf(names.labels), count).set(labels);
  new Uint32Array(buffer, addressOf(names.order), count).set([...labels.keys()]);
  const list = team.learn(resolveCalls(calls, layout));
  try {
    return Array.from({ length: steps }, (_, step) => {
      const variations = drawPreview(job, step);
      new Float32Array(buffer, addressOf(names.variations), variations.length).set(variations);
      team.run(list);
      return new Float32Array(buffer, addressOf(names.images), pixels.length).slice();
    });
  } finally {
    team.dispose();
  }
}
