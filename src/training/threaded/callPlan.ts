import type { Value } from '../../domain/architecture/operation.ts';
import { bytesOf } from '../../domain/architecture/operation.ts';
import type { Argument, Call } from '../../engine/wasm/lowering/calls.ts';
import { lowerToCalls, wasmAbilities } from '../../engine/wasm/lowering/lower.ts';
import type { KernelCall } from '../../engine/wasm/threads/kernelCalls.ts';
import { assert } from '../../util/assert.ts';
import { planMemory } from '../plan/memoryPlan.ts';
import { forEngine } from '../plan/passes/forEngine.ts';
import { inputsOf } from '../plan/passes/uses.ts';
import type { Phase, Plan } from '../plan/plan.ts';

/** A plan as calls of the processor's kernels, and where in one memory its values lie. */
export interface CallPlan {
  readonly calls: readonly PlannedCall[];
  /** What is written before the first call. */
  readonly inputs: readonly Value[];
  readonly results: readonly Value[];
}

export interface PlannedCall extends Call {
  readonly phase: Phase;
  /** Name of the layer, or of the part of the step. */
  readonly layer: string;
}

/** @param seed what dropout draws from */
export function planCalls(plan: Plan, seed: number): CallPlan {
  const ready = forEngine(plan, wasmAbilities);
  const calls = ready.operations.flatMap((operation) => {
    const { phase, layer } = operation;
    return lowerToCalls(operation, seed).map((call) => ({ ...call, phase, layer }));
  });
  return { calls, inputs: inputsOf(ready), results: ready.results };
}

/** Kernels read a vector or two further than an operand goes. */
const SLACK_BYTES = 32;
const ALIGNMENT = 64;

/** Where every value lies. */
export interface Layout {
  readonly addressOf: ReadonlyMap<string, number>;
  /** Of all threads, and how many bytes each has for itself. */
  readonly scratch: { readonly address: number; readonly threadBytes: number };
  /** What the memory must hold, from address 0. */
  readonly totalBytes: number;
}

/**
 * Places what lasts, of all these plans and whatever else does, one behind the other from
 * `firstAddress`, and the threads' own memory before it.
 */
export function layOutLasting(
  plans: readonly CallPlan[],
  others: readonly Value[],
  threads: number,
  firstAddress: number,
): Layout {
  const all = plans.flatMap(({ calls }) => calls.flatMap(({ args }) => args));
  const most = Math.max(0, ...all.map(scratchBytesOf));
  const threadBytes = Math.ceil(most / ALIGNMENT) * ALIGNMENT;
  const values = [...others, ...all.flatMap(valuesIn).filter(({ lasts }) => lasts)];
  const byName = new Map(values.map((value) => [value.name, value]));
  const addressOf = new Map<string, number>();
  let top = firstAddress + room(threads * threadBytes);
  for (const [name, value] of byName) {
    addressOf.set(name, top);
    top += room(bytesOf(value));
  }
  return { addressOf, scratch: { address: firstAddress, threadBytes }, totalBytes: top };
}

/** Places a plan's transient values behind what lasts; those that are never needed at once share. */
export function layOutTransients({ calls, inputs, results }: CallPlan, lasting: Layout): Layout {
  const bytes = new Map<string, number>();
  const uses = calls.map(({ args }) => {
    const values = args.flatMap(valuesIn).filter((value) => !value.lasts);
    for (const value of values) bytes.set(value.name, bytesOf(value));
    return values.map(({ name }) => name);
  });
  const namesOf = (values: readonly Value[]) => values.map(({ name }) => name);
  // What is given is there before the first call, and a result still needed when all is done.
  const needed = [namesOf(inputs), ...uses, namesOf(results)];
  const { places, placeOf } = planMemory(needed, bytes);
  let top = lasting.totalBytes;
  const addresses = places.map((placeBytes) => {
    top += room(placeBytes);
    return top - room(placeBytes);
  });
  const addressOf = new Map(lasting.addressOf);
  for (const [name, place] of placeOf) addressOf.set(name, addresses[place] ?? 0);
  return { ...lasting, addressOf, totalBytes: top };
}

const room = (bytes: number): number => Math.ceil((bytes + SLACK_BYTES) / ALIGNMENT) * ALIGNMENT;

export function addressIn({ addressOf }: Layout, name: string): number {
  const address = addressOf.get(name);
  assert(address !== undefined, `value ${name} has a place`);
  return address;
}

/** The calls as they are run. The plan may be one of a smaller batch than the layout was made for. */
export function resolveCalls({ calls }: CallPlan, layout: Layout): KernelCall[] {
  return calls.map(({ kernel, args }) => ({
    kernel,
    args: args.flatMap((argument) => resolve(argument, layout)),
  }));
}

function resolve(argument: Argument, layout: Layout): number[] {
  const { scratch } = layout;
  if (typeof argument === 'number') return [argument];
  if ('scratchBytes' in argument) return [scratch.address, scratch.threadBytes];
  const { name } = 'within' in argument ? argument.within : argument;
  const address = addressIn(layout, name);
  return ['within' in argument ? address + argument.bytes : address];
}

function valuesIn(argument: Argument): Value[] {
  if (typeof argument === 'number' || 'scratchBytes' in argument) return [];
  return ['within' in argument ? argument.within : argument];
}

const scratchBytesOf = (argument: Argument): number =>
  typeof argument === 'object' && 'scratchBytes' in argument ? argument.scratchBytes : 0;
