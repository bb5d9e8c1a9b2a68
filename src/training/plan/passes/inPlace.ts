import {
  isElementwise,
  type OperationOf,
  type Value,
} from '../../../domain/architecture/operation.ts';
import type { Plan, Planned } from '../plan.ts';
import { renamed } from './renamed.ts';
import { mainResult, readersOf, writtenBy } from './uses.ts';

/**
 * For elementwise kernels that write where they read: what they change and what they make of it become
 * one value. Where somebody still wants it as it was, it is copied first.
 */
export function inPlace({ operations, results }: Plan): Plan {
  const readers = readersOf(operations);
  const isResult = new Set(results.map(({ name }) => name));
  const isMadeHere = new Set(operations.flatMap(writtenBy));
  const same = new Map<string, Value>();
  const placed: Planned[] = [];
  for (const [index, operation] of operations.entries()) {
    const { x } = operation.reads;
    if (!isElementwise(operation) || !x) {
      placed.push(operation);
      continue;
    }
    const y = mainResult(operation).value;
    const isFree =
      isMadeHere.has(x.name) && !isResult.has(x.name) && readers.get(x.name)?.at(-1) === index;
    if (isFree) same.set(x.name, y);
    else placed.push(copied(operation, x, y));
    placed.push({ ...operation, reads: { ...operation.reads, x: y } });
  }
  const last = (value: Value): Value => {
    const next = same.get(value.name);
    return next ? last(next) : value;
  };
  return { operations: placed.map((operation) => renamed(operation, last)), results };
}

function copied({ phase, layer }: Planned, x: Value, y: Value): Planned {
  const copy: OperationOf<'copy'> = { kind: 'copy', of: {}, reads: { x }, writes: { y } };
  return { ...copy, phase, layer };
}
