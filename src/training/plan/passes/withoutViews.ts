import type { Value } from '../../../domain/architecture/operation.ts';
import type { Plan, Planned } from '../plan.ts';
import { renamed } from './renamed.ts';

/** A value that is another one in another shape is that one: the operations that say so vanish. */
export function withoutViews({ operations, results }: Plan): Plan {
  const same = new Map<string, Value>();
  const real = (value: Value): Value => same.get(value.name) ?? value;
  const kept: Planned[] = [];
  for (const operation of operations) {
    const { kind, reads, writes } = operation;
    if (kind === 'view' && reads.x && writes.y) same.set(writes.y.name, real(reads.x));
    else kept.push(renamed(operation, real));
  }
  return { operations: kept, results: results.map(real) };
}
