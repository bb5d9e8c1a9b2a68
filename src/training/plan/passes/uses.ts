import { operandsOf, type Value } from '../../../domain/architecture/operation.ts';
import { assert } from '../../../util/assert.ts';
import type { Planned } from '../plan.ts';

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

/** The names of the values that an operation needs for itself alone, or shares within the plan. */
export const transientsOf = (operation: Planned): Value[] =>
  Object.values(operandsOf(operation)).filter(({ lasts }) => !lasts);
