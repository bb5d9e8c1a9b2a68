import type { Gate } from '../../engine/gate.ts';
import { FLOAT_BYTES, type Operation } from '../../engine/webgpu/operation.ts';

/**
 * One training step as a list of operations over named buffers: forward, loss, backward, update. It
 * is worked out once from the architecture and the recipe, without a device, and then replayed.
 * Printed, it is what a training step consists of.
 */
export interface StepPlan {
  readonly nodes: readonly PlanNode[];
  /** Bytes of every buffer that a node names. */
  readonly buffers: ReadonlyMap<string, PlanBuffer>;
}

export interface PlanNode {
  readonly phase: 'forward' | 'loss' | 'backward' | 'update';
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

/** What lies in memory between two layers, and the gradient of what made it. */
export interface Value {
  readonly buffer: string;
  /** Per image. */
  readonly shape: readonly number[];
  /** The derivative of the activation that made it, folded into whatever computes its gradient. */
  readonly gate: Gate;
  /** False for the images alone. */
  readonly needsGradient: boolean;
}

export const gradientOf = (buffer: string): string => `d ${buffer}`;

/** Collects the nodes of a plan and the sizes of their buffers. */
export class PlanBuilder {
  private readonly nodes: PlanNode[] = [];
  private readonly buffers = new Map<string, PlanBuffer>();

  add(
    phase: PlanNode['phase'],
    layer: string,
    operation: Operation,
    buffers: Readonly<Record<string, string>>,
  ): void {
    this.nodes.push({ phase, layer, operation, buffers });
  }

  keep(name: string, bytes: number, life: 'kept' | 'uniform' = 'kept'): string {
    this.buffers.set(name, { bytes, life });
    return name;
  }

  /** A buffer of this many floats that is needed only within the step. */
  floats(name: string, count: number): string {
    return this.bytes(name, count * FLOAT_BYTES);
  }

  bytes(name: string, bytes: number): string {
    this.buffers.set(name, { bytes, life: 'transient' });
    return name;
  }

  finish(): StepPlan {
    return { nodes: this.nodes, buffers: this.buffers };
  }
}
