import type { Plan, Planned } from '../plan.ts';
import { readBy } from './uses.ts';

/**
 * Leaves out what nobody reads: the gradient of the images, that of weights which nobody updates, the
 * places of maxima where there is no way back.
 */
export function withoutUnused({ operations, results }: Plan): Plan {
  const wanted = new Set(results.map(({ name }) => name));
  const kept: Planned[] = [];
  for (const operation of [...operations].reverse()) {
    const writes = Object.entries(operation.writes).filter(
      ([, { name, lasts }]) => lasts || wanted.has(name),
    );
    if (writes.length === 0) continue;
    for (const name of readBy(operation)) wanted.add(name);
    kept.push({ ...operation, writes: Object.fromEntries(writes) });
  }
  return { operations: kept.reverse(), results };
}
