import type { KernelName } from '../../engine/wasm/simdKernels.ts';
import type { KernelCall } from '../../engine/wasm/threads/kernelCalls.ts';
import { assert } from '../../util/assert.ts';
import { planMemory } from '../compiled/memoryPlan.ts';

/** A number, or the name of a buffer, of which the kernel gets the address. */
export type Argument = number | string;

/** One kernel call of a step. */
export interface PlannedCall {
  readonly phase: 'forward' | 'loss' | 'backward' | 'update';
  /** Name of the layer, or of the part of the step. */
  readonly layer: string;
  readonly kernel: KernelName;
  readonly args: readonly Argument[];
}

export interface CallPlan {
  readonly calls: readonly PlannedCall[];
  /** Bytes of the buffers that live only from the first call that names them to the last. */
  readonly transient: ReadonlyMap<string, number>;
  /** Bytes of those that live as long as the plan. */
  readonly kept: ReadonlyMap<string, number>;
  /** Bytes that each thread needs for itself. */
  readonly scratchBytes: number;
}

/** Arguments that stand for the scratch of all threads, and for the bytes of one thread's. */
export const SCRATCH = 'scratch';
export const SCRATCH_BYTES = 'scratch bytes';

const FLOAT_BYTES = 4;
/** Kernels read a vector or two further than an operand goes. */
const SLACK_BYTES = 32;
const ALIGNMENT = 64;

/** Collects the calls of a step and the sizes of their buffers. */
export class CallPlanBuilder {
  private readonly calls: PlannedCall[] = [];
  private readonly transient = new Map<string, number>();
  private readonly kept = new Map<string, number>();
  private scratchBytes = 0;

  add(
    phase: PlannedCall['phase'],
    layer: string,
    kernel: KernelName,
    args: readonly Argument[],
  ): void {
    this.calls.push({ phase, layer, kernel, args });
  }

  /** A transient buffer of floats; gives its name. */
  floats(name: string, count: number): string {
    return this.bytes(name, count * FLOAT_BYTES);
  }

  bytes(name: string, bytes: number): string {
    assert(!this.transient.has(name) && !this.kept.has(name), `a second buffer ${name}`);
    this.transient.set(name, bytes);
    return name;
  }

  keep(name: string, bytes: number): string {
    this.kept.set(name, bytes);
    return name;
  }

  /** The two arguments of a kernel that needs so many bytes of scratch a thread. */
  scratch(bytes: number): readonly [string, string] {
    this.scratchBytes = Math.max(this.scratchBytes, bytes);
    return [SCRATCH, SCRATCH_BYTES];
  }

  finish(): CallPlan {
    const { calls, transient, kept, scratchBytes } = this;
    return { calls, transient, kept, scratchBytes };
  }
}

/** Where every buffer of a plan lies. */
export interface Layout {
  readonly addressOf: ReadonlyMap<string, number>;
  /** What the memory must hold, from address 0. */
  readonly totalBytes: number;
}

/** Places the buffers one behind the other from `firstAddress`; transient ones share places. */
export function layOut(plan: CallPlan, threads: number, firstAddress: number): Layout {
  let top = firstAddress;
  const take = (bytes: number) => {
    const address = top;
    top += Math.ceil((bytes + SLACK_BYTES) / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  const addressOf = new Map<string, number>();
  const threadBytes = Math.ceil(plan.scratchBytes / ALIGNMENT) * ALIGNMENT;
  addressOf.set(SCRATCH_BYTES, threadBytes);
  addressOf.set(SCRATCH, take(threads * threadBytes));
  for (const [name, bytes] of plan.kept) addressOf.set(name, take(bytes));
  const uses = plan.calls.map(({ args }) =>
    args.filter((arg): arg is string => typeof arg === 'string' && plan.transient.has(arg)),
  );
  const { places, placeOf } = planMemory(uses, plan.transient);
  const addresses = places.map(take);
  for (const [name, place] of placeOf) addressOf.set(name, addresses[place] ?? 0);
  return { addressOf, totalBytes: top };
}

/** The calls as they are run. The plan may be one of a smaller batch than the layout was made for. */
export function resolveCalls(plan: CallPlan, { addressOf }: Layout): KernelCall[] {
  return plan.calls.map(({ kernel, args }) => ({
    kernel,
    args: args.map((arg) => {
      if (typeof arg === 'number') return arg;
      const address = addressOf.get(arg);
      assert(address !== undefined, `buffer ${arg} has a place`);
      return address;
    }),
  }));
}
