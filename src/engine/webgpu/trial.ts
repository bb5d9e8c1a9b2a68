import { relativeDifference } from './difference.ts';
import { Noise } from './noise.ts';
import type { Operation, Variant } from './operation.ts';
import { bindOperands, type Pipelines } from './pipelines.ts';
import { Stopwatch } from './stopwatch.ts';
import { guarded, TrialBuffers } from './trialBuffers.ts';
import { writtenOperands } from './writtenOperands.ts';

/** An operation, and how large its operands are: all that a trial of it needs. */
export interface TunedOperation {
  readonly operation: Operation;
  readonly operandBytes: Readonly<Record<string, number>>;
}

/** Tries the variants of one operation, on buffers that nobody else uses. */
export interface Trial {
  /**
   * Milliseconds of one run, or null where the variant does not compile, does not run, or gives
   * another result than the first one that did.
   *
   * @param bestMs the quickest so far: what is far from it is not measured to the last digit
   */
  measure(variant: Variant, bestMs: number): Promise<number | null>;
  dispose(): void;
}

/** What a result may differ from that of another order of additions, as a share of the largest. */
const TOLERANCE = 1e-3;

/** Passes are repeated up to this, so that the rounding of the GPU's clock counts little. */
const ROUND_MS = 4;
const ROUNDS = 3;
const MOST_REPEATS = 64;
/** From here on a variant is out of the race, and one run says enough. */
const HOPELESS_FACTOR = 3;
/** Below this, the clock's rounding could make any run look hopeless. */
const CLEAR_MS = 1;

/** What the trials of one tuning share. */
export class TrialStand {
  private readonly noise: Noise;
  private readonly stopwatch: Stopwatch;

  constructor(
    private readonly device: GPUDevice,
    private readonly pipelines: Pipelines,
  ) {
    this.noise = new Noise(device);
    this.stopwatch = new Stopwatch(device);
  }

  /**
   * Allocates operands, and compiles the variants to try side by side, with the first one, to whose
   * result theirs is compared. Undefined without the memory.
   */
  async prepare(tuned: TunedOperation, variants: readonly Variant[]): Promise<Trial | undefined> {
    const { device, pipelines, noise, stopwatch } = this;
    const toCompile = [...tuned.operation.variants.slice(0, 1), ...variants];
    const shaders = toCompile.flatMap((variant) => variant.shaders);
    // What does not compile is heard of again when it is measured.
    await Promise.allSettled(shaders.map((shader) => pipelines.prepare(shader)));
    const buffers = await TrialBuffers.allocate(device, tuned.operandBytes);
    return buffers && new DeviceTrial(device, pipelines, noise, stopwatch, tuned, buffers);
  }

  dispose(): void {
    this.noise.dispose();
    this.stopwatch.dispose();
  }
}

type Encode = (pass: GPUComputePassEncoder) => void;

class DeviceTrial implements Trial {
  private readonly written: readonly string[];
  private reference: Promise<TrialBuffers | undefined> | undefined;

  constructor(
    private readonly device: GPUDevice,
    private readonly pipelines: Pipelines,
    private readonly noise: Noise,
    private readonly stopwatch: Stopwatch,
    private readonly tuned: TunedOperation,
    private readonly buffers: TrialBuffers,
  ) {
    const shaders = tuned.operation.variants.flatMap((variant) => variant.shaders);
    const names = new Set(shaders.flatMap(writtenOperands));
    this.written = [...names].filter((name) => buffers.has(name));
  }

  async measure(variant: Variant, bestMs: number): Promise<number | null> {
    this.reference ??= this.makeReference();
    const reference = await this.reference;
    if (!reference) return null;
    return this.withRun(variant, async (encode) =>
      (await this.agrees(reference)) ? this.time(encode, bestMs) : null,
    );
  }

  /** What the first variant that runs has written. */
  private async makeReference(): Promise<TrialBuffers | undefined> {
    for (const variant of this.tuned.operation.variants) {
      const outputs = await this.withRun(variant, () => this.copyOutputs());
      if (outputs) return outputs;
    }
    return undefined;
  }

  /** Runs the variant once on fresh operands, then does `then`; null where it does not run. */
  private async withRun<T>(
    variant: Variant,
    then: (encode: Encode) => Promise<T>,
  ): Promise<T | null> {
    const { device, pipelines, buffers, noise } = this;
    try {
      await Promise.all(variant.shaders.map((shader) => pipelines.prepare(shader)));
    } catch {
      return null;
    }
    const scratch = await TrialBuffers.allocate(device, variant.scratch);
    if (!scratch) return null;
    try {
      let encode: Encode = () => undefined;
      const failure = await guarded(device, () => {
        encode = this.bind(variant, scratch);
        const encoder = device.createCommandEncoder();
        buffers.fill(encoder, noise);
        scratch.fill(encoder, noise);
        const pass = encoder.beginComputePass();
        encode(pass);
        pass.end();
        device.queue.submit([encoder.finish()]);
      });
      return failure ? null : await then(encode);
    } finally {
      scratch.dispose();
    }
  }

  private bind({ shaders }: Variant, scratch: TrialBuffers): Encode {
    const { device, pipelines, buffers } = this;
    const dispatches = shaders.map((shader) => {
      const pipeline = pipelines.get(shader);
      const bindGroup = bindOperands(device, pipeline, shader, (operand) =>
        (scratch.has(operand) ? scratch : buffers).get(operand),
      );
      return { pipeline, bindGroup, workgroups: shader.workgroups };
    });
    return (pass) => {
      for (const { pipeline, bindGroup, workgroups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(...workgroups);
      }
    };
  }

  private async copyOutputs(): Promise<TrialBuffers | undefined> {
    const { device, buffers, written } = this;
    const bytesOf = Object.fromEntries(written.map((name) => [name, buffers.get(name).size]));
    const copies = await TrialBuffers.allocate(device, bytesOf);
    if (!copies) return undefined;
    const encoder = device.createCommandEncoder();
    for (const name of written) {
      const { size } = buffers.get(name);
      encoder.copyBufferToBuffer(buffers.get(name), 0, copies.get(name), 0, size);
    }
    device.queue.submit([encoder.finish()]);
    return copies;
  }

  private async agrees(reference: TrialBuffers): Promise<boolean> {
    const { device, pipelines, buffers } = this;
    for (const name of this.written) {
      const pair = [reference.get(name), buffers.get(name)] as const;
      const difference = await relativeDifference(device, pipelines, ...pair);
      if (!(difference <= TOLERANCE)) return false;
    }
    return true;
  }

  private async time(encode: Encode, bestMs: number): Promise<number> {
    const { stopwatch } = this;
    const onceMs = await stopwatch.time(encode);
    if (onceMs > CLEAR_MS && onceMs > HOPELESS_FACTOR * bestMs) return onceMs;
    const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.ceil(ROUND_MS / onceMs)));
    let leastMs = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const roundMs = await stopwatch.time((pass) => {
        for (let i = 0; i < repeats; i++) encode(pass);
      });
      leastMs = Math.min(leastMs, roundMs / repeats);
    }
    return leastMs;
  }

  dispose(): void {
    this.buffers.dispose();
    this.reference?.then(
      (reference) => reference?.dispose(),
      () => undefined,
    );
  }
}
