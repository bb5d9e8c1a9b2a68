import { WorkbenchError } from '../../util/errors.ts';
import { everyFault, inScopes } from './errorScopes.ts';
import { gpuAnswers } from './gpuAnswers.ts';
import type { Shader } from './operation.ts';

/**
 * Compiled shaders of one device, kept by their source. Compiling takes a driver milliseconds to
 * seconds, so a plan's shaders are compiled side by side before its first step.
 */
export class Pipelines {
  private readonly compiled = new Map<string, GPUComputePipeline>();
  private readonly pending = new Map<string, Promise<void>>();
  /** Since the last sweep. */
  private readonly asked = new Set<string>();

  constructor(private readonly device: GPUDevice) {}

  /** How many are kept. */
  get size(): number {
    return this.compiled.size;
  }

  /** The shader's pipeline, compiled on the spot if nobody has prepared it. */
  get({ label, wgsl }: Shader): GPUComputePipeline {
    this.asked.add(wgsl);
    const known = this.compiled.get(wgsl);
    if (known) return known;
    const module = this.device.createShaderModule({ label, code: wgsl });
    const pipeline = this.device.createComputePipeline({
      label,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    this.compiled.set(wgsl, pipeline);
    return pipeline;
  }

  /**
   * Compiles without making anyone wait; rejects with the compiler's words and the source. The cause is
   * what the device said.
   */
  prepare(shader: Shader): Promise<void> {
    const { wgsl } = shader;
    this.asked.add(wgsl);
    if (this.compiled.has(wgsl)) return Promise.resolve();
    const pending = this.pending.get(wgsl) ?? this.compile(shader);
    this.pending.set(wgsl, pending);
    return pending;
  }

  /** Lets go of shaders that nobody will run again. */
  forget(shaders: readonly Shader[]): void {
    for (const { wgsl } of shaders) this.compiled.delete(wgsl);
  }

  /** Forgets those that nobody asked for since the last time; whoever holds one goes on with it. */
  sweep(): void {
    for (const wgsl of this.compiled.keys()) if (!this.asked.has(wgsl)) this.compiled.delete(wgsl);
    this.asked.clear();
  }

  private async compile(shader: Shader): Promise<void> {
    const { label, wgsl } = shader;
    // Whoever awaits hears of an error; the device's own listener need not.
    const { result: module } = inScopes(this.device, everyFault, () =>
      this.device.createShaderModule({ label, code: wgsl }),
    );
    try {
      const pipeline = await gpuAnswers(
        this.device,
        this.device.createComputePipelineAsync({
          label,
          layout: 'auto',
          compute: { module, entryPoint: 'main' },
        }),
      );
      this.compiled.set(wgsl, pipeline);
    } catch (error) {
      // Its compiler has said nothing then, and says nothing more.
      if (error instanceof WorkbenchError) throw error;
      const messages = await gpuAnswers(this.device, module.getCompilationInfo());
      throw new Error(explain(shader, messages, error), { cause: error });
    } finally {
      this.pending.delete(wgsl);
    }
  }
}

function explain(
  { label, wgsl }: Shader,
  { messages }: GPUCompilationInfo,
  error: unknown,
): string {
  const source = wgsl.split('\n');
  const found = messages.map(({ lineNum, message }) => {
    const first = Math.max(0, lineNum - 3);
    const around = source.slice(first, lineNum + 2).map((line, i) => `${first + i + 1}: ${line}`);
    return [`line ${lineNum}: ${message}`, ...around].join('\n');
  });
  return [`shader ${label} does not compile: ${error}`, ...found].join('\n');
}

/** The size of a buffer as shaders want it: whole vectors of four floats, and never empty. */
export const wholeVectors = (bytes: number): number => Math.max(16, Math.ceil(bytes / 16) * 16);

export function createStorage(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  return device.createBuffer({
    label,
    size: wholeVectors(bytes),
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
}

/** A small block of numbers that the processor writes before a dispatch. */
export function createUniform(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  return device.createBuffer({ label, size: bytes, usage });
}

/** Binds buffers to a shader's operands, by name. */
export function bindOperands(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  { label, operands }: Shader,
  bufferOf: (operand: string) => GPUBuffer,
): GPUBindGroup {
  return device.createBindGroup({
    label,
    layout: pipeline.getBindGroupLayout(0),
    entries: operands.map((operand, binding) => ({
      binding,
      resource: { buffer: bufferOf(operand) },
    })),
  });
}
