import { sizeOf } from '../domain/architecture/shape.ts';
import { isSoftware, requestAdapter } from '../engine/adapter.ts';
import { bufferLimit, openWebgpu, webgpuDevice } from '../engine/device.ts';
import { FLOAT_BYTES, likeliest } from '../engine/webgpu/operation.ts';
import { createStorage } from '../engine/webgpu/pipelines.ts';
import { BufferRunner } from '../training/compiled/bufferRunner.ts';
import { batchThatFits } from '../training/deviceLimit.ts';
import { PlanReader } from '../training/planReader.ts';
import { openAlone } from '../training/threaded/inferAlone.ts';
import type { EmbeddedModel } from './modelFile.ts';

/** A network that is ready to read images, scaled, one after the other. */
export interface OpenNetwork {
  readonly engine: 'webgpu' | 'wasm';
  infer(images: Float32Array): Promise<Float32Array>;
}

export type WantedEngine = 'auto' | OpenNetwork['engine'];

/**
 * On the GPU where there is one, and where it makes of the model's own ten images what the file says of them;
 * else, and from the moment when it fails, on the processor.
 */
export async function openNetwork(
  model: EmbeddedModel,
  kernels: () => Promise<WebAssembly.Module>,
  wanted: WantedEngine,
): Promise<OpenNetwork> {
  const { architecture, tensors } = model;
  const onProcessor = async (): Promise<OpenNetwork> => {
    const run = await openAlone(await kernels(), architecture, tensors, 1);
    return { engine: 'wasm', infer: async (images) => run(images) };
  };
  if (wanted === 'wasm' || (wanted === 'auto' && !(await hasHardware()))) return onProcessor();
  const tried = await onGpu(model).catch(() => undefined);
  let network = tried && (await isRight(model, tried)) ? tried : await onProcessor();
  return {
    get engine() {
      return network.engine;
    },
    async infer(images) {
      try {
        return await network.infer(images);
      } catch (error) {
        if (network.engine === 'wasm') throw error;
        network = await onProcessor();
        return network.infer(images);
      }
    },
  };
}

/** A processor that plays the GPU is slower than our kernels on it. */
async function hasHardware(): Promise<boolean> {
  const adapter = await requestAdapter();
  return adapter !== undefined && !isSoftware(adapter.info);
}

async function onGpu({ architecture, tensors }: EmbeddedModel): Promise<OpenNetwork> {
  let fault: Error | undefined;
  await openWebgpu((problem) => {
    fault = problem;
  });
  const device = webgpuDevice();
  const given = new Map(
    tensors.map(({ name, values }) => {
      const buffer = createStorage(device, name, values.length * FLOAT_BYTES);
      device.queue.writeBuffer(buffer, 0, Float32Array.from(values));
      return [name, buffer] as const;
    }),
  );
  const most = batchThatFits(architecture, 1, bufferLimit());
  const runner = new BufferRunner(device, most, likeliest, { given });
  const reader = new PlanReader(architecture, false, runner);
  const { height, width, channels } = architecture.input;
  return {
    engine: 'webgpu',
    async infer(images) {
      if (fault) throw fault;
      const logits = await reader.infer(images, images.length / sizeOf([height, width, channels]));
      if (fault) throw fault;
      return logits;
    },
  };
}

/** Largest difference of logits, by the largest logit. */
const TOLERANCE = 1e-3;

async function isRight(
  { samples, scaling }: EmbeddedModel,
  network: OpenNetwork,
): Promise<boolean> {
  if (!samples) return true;
  const images = Float32Array.from(samples.images, (b) => (b - scaling.offset) * scaling.factor);
  const logits = await network.infer(images).catch(() => undefined);
  const largest = samples.logits.reduce((most, logit) => Math.max(most, Math.abs(logit)), 1e-6);
  return (
    logits?.every(
      (logit, i) => Math.abs(logit - (samples.logits[i] ?? 0)) <= TOLERANCE * largest,
    ) ?? false
  );
}
