import { sizeOf } from '../../domain/architecture/shape.ts';
import type { Preparation } from '../../domain/machine/tuning.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { bufferLimit, faultOf, webgpuDevice } from '../../engine/device.ts';
import { inScopes } from '../../engine/webgpu/errorScopes.ts';
import { FLOAT_BYTES, likeliest } from '../../engine/webgpu/operation.ts';
import { createStorage } from '../../engine/webgpu/pipelines.ts';
import type { Backend } from '../backend.ts';
import { batchThatFits, refuseTooLarge } from '../deviceLimit.ts';
import { PlanReader } from '../planReader.ts';
import { READING_BATCH } from '../reader.ts';
import { BufferRunner } from './bufferRunner.ts';
import { CompiledTrainer } from './compiledTrainer.ts';
import { varyOnWebgpu } from './previewOnWebgpu.ts';
import { tunePlan } from './tunePlan.ts';

/** Networks on the GPU, by plans of our kernels. */
export const compiledBackend: Backend = {
  async makeTrainer(architecture, images, scaling, recipe, options) {
    const { augment, tune = false, tuning, onProgress, signal } = options;
    refuseTooLarge(architecture, recipe, bufferLimit());
    const progressOf = (stage: Preparation['stage']) => (done: number, total: number) =>
      onProgress?.({ stage, done, total });
    return CompiledTrainer.create(architecture, images, scaling, recipe, {
      augment,
      chooseFor: tune
        ? (plan) => tunePlan(plan, tuning, { onProgress: progressOf('tuning'), signal })
        : undefined,
      onProgress: progressOf('compiling'),
    });
  },

  async makeReader(architecture, weights) {
    const most = batchThatFits(architecture, READING_BATCH, bufferLimit());
    const device = webgpuDevice();
    const given = await uploaded(device, weights);
    const runner = new BufferRunner(device, most, likeliest, { given });
    const reader = new PlanReader(architecture, false, runner);
    return {
      infer: (...images) => reader.infer(...images),
      inspect: (...wanted) => reader.inspect(...wanted),
      dispose() {
        reader.dispose();
        for (const buffer of given.values()) buffer.destroy();
      },
    };
  },

  vary: varyOnWebgpu,
};

/** Throws `engine.outOfMemory` where the device has no room for the weights. */
async function uploaded(
  device: GPUDevice,
  weights: readonly NamedTensor[],
): Promise<Map<string, GPUBuffer>> {
  const buffers = new Map<string, GPUBuffer>();
  // What is written into a buffer that was refused is no fault of its own: the refusal is heard first.
  const { said } = inScopes(device, ['validation', 'out-of-memory'], () => {
    for (const { name, shape, values } of weights) {
      const buffer = createStorage(device, name, sizeOf(shape) * FLOAT_BYTES);
      buffers.set(name, buffer);
      device.queue.writeBuffer(buffer, 0, Float32Array.from(values));
    }
  });
  const fault = await said;
  if (!fault) return buffers;
  for (const buffer of buffers.values()) buffer.destroy();
  throw faultOf(fault);
}
