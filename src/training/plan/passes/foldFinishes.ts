import type { Abilities } from '../../../domain/architecture/abilities.ts';
import { type Elementwise, isElementwise } from '../../../domain/architecture/operation.ts';
import type { Plan, Planned } from '../plan.ts';
import { mainResult, readersOf, writtenBy } from './uses.ts';

/**
 * Has biases, activations, dropout and gates done on the way out of the operation before them, where
 * the engine can: what they change then crosses the memory once.
 */
export function foldFinishes({ operations, results }: Plan, { folds }: Abilities): Plan {
  const readers = readersOf(operations);
  const writer = new Map<string, number>();
  for (const [index, operation] of operations.entries()) {
    for (const name of writtenBy(operation)) if (!writer.has(name)) writer.set(name, index);
  }
  const isResult = new Set(results.map(({ name }) => name));
  const folded: (Planned | undefined)[] = [];
  /** Where the operation that now writes a value stands. */
  const standsAt = new Map<string, number>();

  for (const [index, operation] of operations.entries()) {
    const { x, ...others } = operation.reads;
    const place = x && standsAt.get(x.name);
    const before = place === undefined ? undefined : folded[place];
    const known = (name: string) => (writer.get(name) ?? -1) < (place ?? 0);
    const mayFold =
      before &&
      place !== undefined &&
      isElementwise(operation) &&
      mainResult(before).value.name === x?.name &&
      readers.get(x.name)?.length === 1 &&
      !isResult.has(x.name) &&
      Object.values(others).every(({ name, lasts }) => lasts || known(name)) &&
      folds(before, operation);
    if (mayFold) {
      folded[place] = withFinish(before, operation);
      standsAt.set(mainResult(operation).value.name, place);
    } else {
      folded[index] = operation;
      standsAt.set(mainResult(operation).value.name, index);
    }
  }
  return { operations: folded.filter((operation) => operation !== undefined), results };
}

function withFinish(operation: Planned, { kind, of, reads, writes }: Elementwise): Planned {
  const { operand } = mainResult(operation);
  const { y, ...others } = writes;
  const next = { kind, of, reads, writes } as Elementwise;
  return {
    ...operation,
    writes: { ...operation.writes, [operand]: y, ...others } as Planned['writes'],
    finish: [...(operation.finish ?? []), next],
  };
}
