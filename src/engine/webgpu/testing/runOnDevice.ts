import { assert, at } from '../../../util/assert.ts';
import { webgpuDevice, webgpuPipelines } from '../../device.ts';
import { bindShader, encodeAll } from '../boundShader.ts';
import { everyFault, inScopes } from '../errorScopes.ts';
import { FLOAT_BYTES, type Operation, type Variant } from '../operation.ts';
import { createStorage, createUniform } from '../pipelines.ts';
import { readBack } from '../readBack.ts';
import { STEP_BINDING, STEP_BYTES, type StepNumbers, stepBytes } from '../step.ts';

/** Runs kernels on the open device, on plain arrays, one variant at a time. */

export interface Run {
  /** What the buffers hold before, by operand. */
  readonly operands: Readonly<Record<string, Float32Array | Uint32Array>>;
  /** What is left out is 0. */
  readonly step?: Partial<StepNumbers>;
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

  const { times = 1 } = run;
  const { said } = inScopes(device, everyFault, () => {
    const bound = variant.shaders.map((shader) =>
      bindShader(device, pipelines, shader, (operand) => {
        const buffer = buffers.get(operand);
        assert(buffer, `the test brings a buffer for ${operand}`);
        return buffer;
      }),
    );
    for (let first = 0; first < times; first += MOST_DISPATCHES) {
      const here = Math.min(times - first, MOST_DISPATCHES);
      const repeated = Array.from({ length: here }, () => bound).flat();
      device.queue.submit([encodeAll(device, repeated)]);
    }
  });
  const invalid = await said;
  assert(!invalid, `${variant.name} runs: ${invalid?.message}`);

  const floats = new Map([
    ...Object.entries(run.operands).map(([name, { length }]) => [name, length] as const),
    ...Object.entries(run.outputs ?? {}),
  ]);
  const parts = [...floats].map(([name, length]) => {
    const buffer = buffers.get(name);
    assert(buffer, `${name} was uploaded`);
    return { buffer, bytes: length * FLOAT_BYTES };
  });
  const read = await readBack(device, parts);
  const after = new Map(
    [...floats.keys()].map((name, i) => [name, new Float32Array(at(read, i))] as const),
  );
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
