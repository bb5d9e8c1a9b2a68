import type { OperationOf, Value } from '../../../domain/architecture/operation.ts';
import type { Plan, Planned } from '../plan.ts';

/**
 * Dropout behind a ReLU needs no mask on the way back. What was dropped is zero like what was negative,
 * so one gate, told from what dropout left, does for both:
 *
 *   d x = gate(mask * d y)   becomes   d x = d y / (1 - rate) where y > 0, else 0
 */
export function masksIntoGates({ operations, results }: Plan): Plan {
  const masks = operations.filter((operation) => operation.kind === 'dropout');
  const replaced = new Map<Planned, Planned | undefined>();
  for (const gate of operations) {
    if (gate.kind !== 'gate' || gate.of.gate.kind !== 'relu') continue;
    const { x: dx, gated } = gate.reads;
    const mask = masks.find(({ writes }) => writes.y?.name === dx?.name);
    const dropped = masks.find(({ reads }) => reads.x?.name === gated?.name);
    if (!mask?.reads.x || !dropped?.writes.y || mask.of.layer !== dropped.of.layer) continue;
    replaced.set(mask, undefined);
    replaced.set(gate, { ...gate, ...scaled(mask.of.rate, mask.reads.x, dropped.writes.y) });
  }
  const kept = operations.flatMap((operation) => {
    const replacement = replaced.has(operation) ? replaced.get(operation) : operation;
    return replacement ? [replacement] : [];
  });
  return { operations: kept, results };
}

const scaled = (
  rate: number,
  x: Value,
  gated: Value,
): Pick<OperationOf<'gate'>, 'of' | 'reads'> => ({
  of: { gate: { kind: 'relu', scale: 1 / (1 - rate) } },
  reads: { x, gated },
});
