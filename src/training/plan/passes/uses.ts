import { operandsOf, type Value } from '../../../domain/architecture/operation.ts';
import { sizeOf } from '../../../domain/architecture/shape.ts';
import { assert } from '../../../util/assert.ts';
import type { Plan, Planned } from '../plan.ts';

/** Who reads and writes which value. */

/** The names of all that an operation reads, for what is folded into it too. */
export function readBy({ reads, finish = [] }: Planned): string[] {
  const folded = finish.flatMap(({ reads: { x: _, ...others } }) => Object.values(others));
  return [...Object.values(reads), ...folded].map(({ name }) => name);
}

export const writtenBy = ({ writes }: Planned): string[] =>
  Object.values(writes).map(({ name }) => name);

/** The value that a `finish` changes on its way out. */
export function mainResult({ kind, writes }: Planned): { operand: string; value: Value } {
  const [first] = Object.entries(writes);
  assert(first, `${kind} writes something`);
  return { operand: first[0], value: first[1] };
}

/** The numbers of the operations that read each value, in order. */
export function readersOf(operations: readonly Planned[]): Map<string, number[]> {
  const readers = new Map<string, number[]>();
  for (const [index, operation] of operations.entries()) {
    for (const name of readBy(operation)) {
      readers.set(name, [...(readers.get(name) ?? []), index]);
    }
  }
  return readers;
}

/** The values that an operation needs for itself alone, or shares within the plan. */
export const transientsOf = (operation: Planned): Value[] =>
  Object.values(operandsOf(operation)).filter(({ lasts }) => !lasts);

/** What a plan is given beside the values that last: read, and never written before. */
export function inputsOf({ operations }: Plan): Value[] {
  const inputs = new Map<string, Value>();
  const written = new Set<string>();
  for (const operation of operations) {
    const read = new Set(readBy(operation));
    for (const value of transientsOf(operation)) {
      if (read.has(value.name) && !written.has(value.name)) inputs.set(value.name, value);
    }
    for (const name of writtenBy(operation)) written.add(name);
  }
  return [...inputs.values()];
}

/** Numbers that a value of a batch has of each image. */
export const floatsOfEach = ({ shape: [, ...each] }: Value): number => sizeOf(each);
