import { type BoundShader, bindShader, dispatchAll } from './boundShader.ts';
import { relativeDifference } from './difference.ts';
import { everyFault, inScopes } from './errorScopes.ts';
import { Noise } from './noise.ts';
import type { Operation, Variant } from './operation.ts';
import type { Pipelines } from './pipelines.ts';
import { Stopwatch } from './stopwatch.ts';
import { TrialBuffers } from './trialBuffers.ts';
import { writtenOperands } from './writtenOperands.ts';

/** An operation, and how large its operands are: all that a trial of it needs. */
export interface TunedOperation {
  readonly operation: Operation;
  readonly operandBytes: Readonly<Record<string, number>>;
}

/** What a trial of a variant came to. */
export type Measurement =
  /** Milliseconds of one run. */
  { readonly kind: 'works'; readonly ms: number } | Hindrance;

export type Hindrance =
  /** It does not compile, does not run, or gives another result than the first one that did. */
  | { readonly kind: 'wrong' }
  /** The device was short of memory, or could not for a reason of its own: the next time may differ. */
  | { readonly kind: 'notNow' };

/** Tries the variants of one operation, on buffers that nobody else uses. */
export interface Trial {
  /** @param bestMs the quickest so far: what is far from it is not measured to the last digit */
  measure(variant: Variant, bestMs: number): Promise<Measurement>;
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
  private reference: Promise<TrialBuffers | Hindrance> | undefined;

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

  async measure(variant: Variant, bestMs: number): Promise<Measurement> {
    this.reference ??= this.makeReference();
    const reference = await this.reference;
    if (!(reference instanceof TrialBuffers)) return reference;
    return this.withRun(variant, async (encode) =>
      (await this.agrees(reference))
        ? { kind: 'works', ms: await this.time(encode, bestMs) }
        : { kind: 'wrong' },
    );
  }

  /** What the first variant that runs has written. */
  private async makeReference(): Promise<TrialBuffers | Hindrance> {
    let hindrance: Hindrance = { kind: 'wrong' };
    for (const variant of this.tuned.operation.variants) {
      const outputs = await this.withRun(variant, () => this.copyOutputs());
      if (outputs instanceof TrialBuffers) return outputs;
      if (outputs.kind === 'notNow') hindrance = outputs;
    }
    return hindrance;
  }

  /** Runs the variant once on fresh operands, then does `then`. */
  private async withRun<T>(
    variant: Variant,
    then: (encode: Encode) => Promise<T>,
  ): Promise<T | Hindrance> {
    const { device, pipelines, buffers, noise } = this;
    try {
      await Promise.all(variant.shaders.map((shader) => pipelines.prepare(shader)));
    } catch (error) {
      return { kind: isRefusal(error) ? 'wrong' : 'notNow' };
    }
    const scratch = await TrialBuffers.allocate(device, variant.scratch);
    if (!scratch) return { kind: 'notNow' };
    try {
      const { result: encode, said } = inScopes(device, everyFault, () => {
        const bound = this.bind(variant, scratch);
        const encoder = device.createCommandEncoder();
        buffers.fill(encoder, noise);
        scratch.fill(encoder, noise);
        const pass = encoder.beginComputePass();
        dispatchAll(pass, bound);
        pass.end();
        device.queue.submit([encoder.finish()]);
        return (again: GPUComputePassEncoder) => dispatchAll(again, bound);
      });
      const error = await said;
      if (error) return { kind: error instanceof GPUValidationError ? 'wrong' : 'notNow' };
      return await then(encode);
    } finally {
      scratch.dispose();
    }
  }

  private bind({ shaders }: Variant, scratch: TrialBuffers): BoundShader[] {
    const { device, pipelines, buffers } = this;
    return shaders.map((shader) =>
      bindShader(device, pipelines, shader, (operand) =>
        (scratch.has(operand) ? scratch : buffers).get(operand),
      ),
    );
  }

  private async copyOutputs(): Promise<TrialBuffers | Hindrance> {
    const { device, buffers, written } = this;
    const bytesOf = Object.fromEntries(written.map((name) => [name, buffers.get(name).size]));
    const copies = await TrialBuffers.allocate(device, bytesOf);
    if (!copies) return { kind: 'notNow' };
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
    // Whoever measures hears of a rejection.
    this.reference?.then(
      (reference) => reference instanceof TrialBuffers && reference.dispose(),
      () => undefined,
    );
  }
}

/** Whether the compiler refused a shader for what it says, and not for a trouble of its own. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof GPUPipelineError && cause.reason === 'validation';
}
