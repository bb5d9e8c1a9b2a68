import { weightSpecs } from '../../../src/domain/architecture/shapes.ts';
import { scaledBytes } from '../../../src/domain/recipe/scaling.ts';
import { SCALED } from '../../../src/engine/wasm/lowering/lower.ts';
import type { KernelCall } from '../../../src/engine/wasm/threads/kernelCalls.ts';
import { ThreadTeam } from '../../../src/engine/wasm/threads/threadTeam.ts';
import { planTraining, trainingOptions } from '../../../src/training/plan/trainingPlan.ts';
import { names } from '../../../src/training/plan/values.ts';
import {
  type PlannedCall,
  planCalls,
  resolveCalls,
} from '../../../src/training/threaded/callPlan.ts';
import { layOutToFit } from '../../../src/training/threaded/heapLimit.ts';
import { assert } from '../../../src/util/assert.ts';
import type { Work } from '../../work/work.ts';

/** The step of `ThreadedTrainer` with each of its calls within reach. */
export interface BareStep {
  readonly team: ThreadTeam;
  /** In order; what was planned, and with addresses in the place of names. */
  readonly planned: readonly PlannedCall[];
  readonly calls: readonly KernelCall[];
}

export async function openBareStep(work: Work, threads: number): Promise<BareStep> {
  const { manifest, images, weights } = work;
  const { architecture, recipe, scaling } = manifest;
  const options = trainingOptions(recipe, architecture, images.count, scaling, undefined, 1024);
  const plan = planCalls(planTraining(options), recipe.seed);
  const { training: layout, totalBytes } = layOutToFit(options, recipe, threads);
  const team = await ThreadTeam.open(totalBytes, threads);
  const { buffer } = team.memory;
  const address = (name: string) => {
    const found = layout.addressOf.get(name);
    assert(found !== undefined, `value ${name} has a place`);
    return found;
  };
  const floats = (name: string, values: Float32Array) =>
    new Float32Array(buffer, address(name), values.length).set(values);
  const byName = new Map(weights.map(({ name, values }) => [name, values]));
  for (const { name } of weightSpecs(architecture)) {
    floats(name, byName.get(name) ?? new Float32Array());
  }
  floats(SCALED.name, scaledBytes(scaling));
  new Uint8Array(buffer, address(names.pixels)).set(images.pixels);
  new Uint16Array(buffer, address(names.labels), images.count).set(images.labels);
  new Uint32Array(buffer, address(names.order), recipe.batchSize).set(work.indices(0));
  // What the kernels' `step.ts` reads: number of the step, learning rate, where the metrics go.
  const step = address(names.step);
  new Float32Array(buffer, step + 4, 1)[0] = recipe.learningRate;
  new Uint32Array(buffer, step + 8, 1)[0] = address(names.metrics);
  return { team, planned: plan.calls, calls: resolveCalls(plan, layout) };
}
