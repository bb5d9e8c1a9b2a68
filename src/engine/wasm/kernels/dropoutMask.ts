import { DROPOUT_MASK, type MaskAttrs, planMask } from '../../maskPlan.ts';
import { heapFloats, heapMemory } from '../heap.ts';
import type { WasmKernel } from '../kernel.ts';

/** The mask of `engine/dropoutMask.ts`: ones, from which the SIMD kernel drops. */
export const dropoutMaskKernel: WasmKernel = {
  name: DROPOUT_MASK,
  run(call) {
    const { shape, seed, stream, step, dropBelow, scale } = planMask(call.attrs as MaskAttrs);
    const mask = call.output(shape);
    const stepsDone = call.temporary(1);
    new DataView(heapMemory(call.backend).buffer).setUint32(stepsDone, step, true);
    const ones = heapFloats(call.backend, mask).fill(1);
    const numbers = [ones.length, seed, stream, dropBelow, scale, stepsDone];
    call.run('dropout', call.addressOf(mask), ...numbers);
    return mask;
  },
};
