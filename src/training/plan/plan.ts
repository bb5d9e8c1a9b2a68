import type { Operation, Value } from '../../domain/architecture/operation.ts';

/**
 * What a network has to do for one purpose, as a list: made from the architecture and the recipe,
 * without an engine, and brought into the form that one can run by the passes (`passes/`). An engine
 * lowers it, operation by operation, to its own kernels, and replays it.
 */
export interface Plan {
  readonly operations: readonly Planned[];
  /** What is read of it afterwards, beside the values that last. */
  readonly results: readonly Value[];
}

export type Phase = 'forward' | 'loss' | 'backward' | 'update';

export type Planned = Operation & {
  readonly phase: Phase;
  /** Name of the layer, or of the part of the step. */
  readonly layer: string;
};

export const planned = (phase: Phase, layer: string, operations: readonly Operation[]): Planned[] =>
  operations.map((operation) => ({ ...operation, phase, layer }));
