import { assert } from '../../../util/assert.ts';
import { webgpuDevice, webgpuPipelines } from '../../device.ts';
import { FLOAT_BYTES, type Operation, type Variant } from '../operation.ts';
import { bindOperands, createStorage, createUniform } from '../pipelines.ts';
import { STEP_BINDING, STEP_BYTES } from '../wgsl.ts';

/** Runs kernels on the open device, on plain arrays, one variant at a time. */

/** The numbers of a step, as the WGSL struct has them; what is left out is 0. */
export interface StepNumbers {
  readonly seed?: number;
  readonly step?: number;
  readonly count?: number;
  readonly slot?: number;
  readonly rate?: number;
  readonly decay?: number;
  readonly average?: number;
}

export interface Run {
  /** What the buffers hold before, by operand. */
  readonly operands: Readonly<Record<string, Float32Array | Uint32Array>>;
  readonly step?: StepNumbers;
  /** Operands that only receive, and their number of floats. They hold NaN before. */
  readonly outputs?: Readonly<Record<string, number>>;
  /** How often the shaders run, one after the other; once, unless it says so. */
  readonly times?: number;
}

/** Commands that are sent at once. */
const MOST_DISPATCHES = 10_000;

/** What `name` holds afterwards. */
export type ReadBack = (name: string) => Float32Array;

/** Runs the variant's shaders in order, and reads all buffers of floats back. */
export async function runVariant(variant: Variant, run: Run): Promise<ReadBack> {
  const device = webgpuDevice();
  const pipelines = webgpuPipelines();
  await Promise.all(variant.shaders.map((shader) => pipelines.prepare(shader)));
  const buffers = uploadAll(device, variant, run);

  device.pushErrorScope('validation');
  const dispatches = variant.shaders.map((shader) => {
    const pipeline = pipelines.get(shader);
    const bindGroup = bindOperands(device, pipeline, shader, (operand) => {
      const buffer = buffers.get(operand);
      assert(buffer, `the test brings a buffer for ${operand}`);
      return buffer;
    });
    return { pipeline, bindGroup, workgroups: shader.workgroups };
  });
  const { times = 1 } = run;
  for (let first = 0; first < times; first += MOST_DISPATCHES) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = first; i < Math.min(times, first + MOST_DISPATCHES); i++) {
      for (const { pipeline, bindGroup, workgroups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(...workgroups);
      }
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
  }
  const invalid = await device.popErrorScope();
  assert(!invalid, `${variant.name} runs: ${invalid?.message}`);

  const floats = new Map([
    ...Object.entries(run.operands).map(([name, { length }]) => [name, length] as const),
    ...Object.entries(run.outputs ?? {}),
  ]);
  const after = new Map<string, Float32Array>();
  for (const [name, length] of floats) {
    const buffer = buffers.get(name);
    assert(buffer, `${name} was uploaded`);
    after.set(name, await readFloats(device, buffer, length));
  }
  for (const buffer of buffers.values()) buffer.destroy();
  return (name) => {
    const values = after.get(name);
    assert(values, `${name} is an operand`);
    return values;
  };
}

/** Runs the likeliest variant of an operation. */
export function runOnDevice({ op, variants: [first] }: Operation, run: Run): Promise<ReadBack> {
  assert(first, `${op} has a variant`);
  return runVariant(first, run);
}

function uploadAll(
  device: GPUDevice,
  { scratch }: Variant,
  { operands, outputs = {}, step = {} }: Run,
): Map<string, GPUBuffer> {
  const nothing = (floats: number) => new Float32Array(floats).fill(Number.NaN);
  const contents = [
    ...Object.entries(operands),
    ...Object.entries(outputs).map(([name, floats]) => [name, nothing(floats)] as const),
    ...Object.entries(scratch).map(
      ([name, bytes]) => [name, nothing(bytes / FLOAT_BYTES)] as const,
    ),
  ];
  const buffers = new Map(
    contents.map(([name, values]) => {
      const buffer = createStorage(device, name, values.byteLength);
      device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>);
      return [name, buffer] as const;
    }),
  );
  const uniform = createUniform(device, STEP_BINDING.name, STEP_BYTES);
  device.queue.writeBuffer(uniform, 0, stepBytes(step));
  return buffers.set(STEP_BINDING.name, uniform);
}

function stepBytes(numbers: StepNumbers): ArrayBuffer {
  const { seed = 0, step = 0, count = 0, slot = 0, rate = 0, decay = 0, average = 0 } = numbers;
  const bytes = new ArrayBuffer(STEP_BYTES);
  new Uint32Array(bytes).set([seed, step, count, slot]);
  new Float32Array(bytes).set([rate, decay, average], 4);
  return bytes;
}

async function readFloats(
  device: GPUDevice,
  buffer: GPUBuffer,
  floats: number,
): Promise<Float32Array> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging = device.createBuffer({ size: buffer.size, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0, floats * FLOAT_BYTES));
  staging.destroy();
  return values;
}
