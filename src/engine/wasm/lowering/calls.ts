import type { Operation, Value } from '../../../domain/architecture/operation.ts';
import { assert } from '../../../util/assert.ts';
import type { KernelName } from '../simdKernels.ts';

/**
 * What a kernel is called with: a number, the address of a value, or one behind it; or the thread's own
 * memory, of which at least so many bytes are needed, as an address and a length.
 */
export type Argument =
  | number
  | Value
  | { readonly within: Value; readonly bytes: number }
  | { readonly scratchBytes: number };

/** A call of a kernel, before anything has an address. */
export interface Call {
  readonly kernel: KernelName;
  readonly args: readonly Argument[];
}

export const call = (kernel: KernelName, ...args: readonly Argument[]): Call => ({ kernel, args });

/** The values of an operation by their parts; whoever asks for one that is not there is wrong. */
export function valuesOf({ kind, reads, writes }: Operation): (part: string) => Value {
  return (part) => {
    const value = writes[part] ?? reads[part];
    assert(value, `${kind} has a value ${part}`);
    return value;
  };
}
