import type { Elementwise, Value, Values } from '../../../domain/architecture/operation.ts';
import type { Planned } from '../plan.ts';

/** The operation with other values in the places of its own. */
export function renamed(operation: Planned, to: (value: Value) => Value): Planned {
  const all = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).map(([operand, value]) => [operand, to(value)]));
  const { finish } = operation;
  return {
    ...operation,
    reads: all(operation.reads),
    writes: all(operation.writes),
    ...(finish && {
      finish: finish.map(
        (each): Elementwise => ({ ...each, reads: all(each.reads), writes: all(each.writes) }),
      ),
    }),
  };
}
