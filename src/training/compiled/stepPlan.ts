import { STEP } from '../../domain/architecture/layerKind.ts';
import type { Value } from '../../domain/architecture/operation.ts';
import { bytesOnGpu, lowerToShaders, webgpuAbilities } from '../../engine/webgpu/lowering/lower.ts';
import type { DeviceTraits, Operation } from '../../engine/webgpu/operation.ts';
import { STEP_BYTES } from '../../engine/webgpu/step.ts';
import { forEngine } from '../plan/passes/forEngine.ts';
import { inputsOf } from '../plan/passes/uses.ts';
import type { Phase, Plan } from '../plan/plan.ts';

/** A plan as operations of the GPU over named buffers. */
export interface StepPlan {
  readonly nodes: readonly PlanNode[];
  /** Bytes of every buffer that a node names. */
  readonly buffers: ReadonlyMap<string, PlanBuffer>;
  /** The names of those that are written before the first node. */
  readonly inputs: readonly string[];
  /** What is read when all is done. */
  readonly results: readonly Value[];
}

export interface PlanNode {
  readonly phase: Phase;
  /** Name of the layer, or of the part of the step. */
  readonly layer: string;
  readonly operation: Operation;
  /** From the operation's operands to the plan's buffers. */
  readonly buffers: Readonly<Record<string, string>>;
}

export interface PlanBuffer {
  readonly bytes: number;
  /**
   * `kept` buffers live as long as the plan, and so do `uniform` ones, which hold the step's numbers;
   * a `transient` one only from the first node that names it to the last, and may share its memory
   * with others.
   */
  readonly life: 'kept' | 'uniform' | 'transient';
}

export function planStep(plan: Plan, traits: DeviceTraits): StepPlan {
  const ready = forEngine(plan, webgpuAbilities);
  const buffers = new Map<string, PlanBuffer>();
  const nodes = ready.operations.map((mathematics): PlanNode => {
    const { phase, layer } = mathematics;
    const { operation, values } = lowerToShaders(mathematics, traits);
    for (const value of values.values()) {
      const bytes = bytesOnGpu(value, mathematics);
      const life = value.lasts ? 'kept' : 'transient';
      const isStep = value.name === STEP.name;
      buffers.set(value.name, isStep ? { bytes: STEP_BYTES, life: 'uniform' } : { bytes, life });
    }
    const named = [...values].map(([operand, { name }]) => [operand, name]);
    return { phase, layer, operation, buffers: Object.fromEntries(named) };
  });
  const inputs = inputsOf(ready).map(({ name }) => name);
  return { nodes, buffers, inputs, results: ready.results };
}
