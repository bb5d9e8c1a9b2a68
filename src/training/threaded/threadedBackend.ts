import { threadsInUse } from '../../engine/wasm/threads/threadTeam.ts';
import type { Backend } from '../backend.ts';
import { PlanReader } from '../planReader.ts';
import { addressIn } from './callPlan.ts';
import { layOutReading } from './heapLimit.ts';
import { MemoryRunner } from './memoryRunner.ts';
import { openTeam } from './openTeam.ts';
import { varyOnWasm } from './previewOnWasm.ts';
import { ThreadedTrainer } from './threadedTrainer.ts';

/** Networks on the processor's cores, by plans of our kernels. */
export const threadedBackend: Backend = {
  makeTrainer(architecture, images, scaling, recipe, { augment, threads = threadsInUse().used }) {
    return ThreadedTrainer.create(architecture, images, scaling, recipe, threads, augment);
  },

  async makeReader(architecture, weights) {
    const threads = threadsInUse().used;
    const { lasting, totalBytes, batch } = layOutReading(architecture, threads);
    const team = await openTeam(totalBytes, threads);
    for (const { name, values } of weights) {
      new Float32Array(team.memory.buffer, addressIn(lasting, name), values.length).set(values);
    }
    const reader = new PlanReader(architecture, false, new MemoryRunner(team, lasting, batch));
    return {
      infer: (...images) => reader.infer(...images),
      inspect: (...wanted) => reader.inspect(...wanted),
      dispose() {
        reader.dispose();
        team.dispose();
      },
    };
  },

  vary: varyOnWasm,
};
