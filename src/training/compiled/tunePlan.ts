import type { TuningMemory } from '../../domain/machine/tuning.ts';
import { webgpuAdapter, webgpuDevice, webgpuPipelines } from '../../engine/device.ts';
import type { TunedOperation } from '../../engine/webgpu/trial.ts';
import { type Choose, type TuningOptions, tune } from '../../engine/webgpu/tuner.ts';
import { browserVersion, machineOf } from '../../engine/webgpu/tuningKey.ts';
import { assert } from '../../util/assert.ts';
import type { PlanNode, StepPlan } from './stepPlan.ts';

/** Measures which variants of a plan's operations are the fastest on this machine. */
export function tunePlan(
  plan: StepPlan,
  memory: TuningMemory | undefined,
  options: Omit<TuningOptions, 'machine'>,
): Promise<Choose> {
  const device = webgpuDevice();
  const machine = machineOf(webgpuAdapter(), device, browserVersion(navigator));
  return tune(device, webgpuPipelines(), tunedOperations(plan), memory, { machine, ...options });
}

/** The operations of a plan, with the sizes that the plan gives their operands. */
export function tunedOperations(plan: StepPlan): TunedOperation[] {
  return plan.nodes.map((node) => ({
    operation: node.operation,
    operandBytes: operandBytes(plan, node),
  }));
}

function operandBytes(plan: StepPlan, node: PlanNode): Record<string, number> {
  return Object.fromEntries(
    Object.entries(node.buffers).map(([operand, name]) => {
      const buffer = plan.buffers.get(name);
      assert(buffer, `the plan knows the size of ${name}`);
      return [operand, buffer.bytes];
    }),
  );
}
