import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  type ArchitectureChoice,
  buildArchitecture,
} from '../../domain/architecture/architecture.ts';
import { describeNetwork, estimateTrainingMemory } from '../../domain/architecture/shapes.ts';
import { likeliest } from '../../engine/webgpu/operation.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { plainOptions, richOptions } from '../plan/testing/options.ts';
import { planTraining } from '../plan/trainingPlan.ts';
import { memoryOf, stagesOf } from './compiledStep.ts';
import { planStep, type StepPlan } from './stepPlan.ts';

const input = { height: 28, width: 28, channels: 1 };
const hardware = { software: false, subgroups: true };

const architectureOf = (choice: Partial<ArchitectureChoice> = {}) =>
  buildArchitecture({ id: 'alexnet', width: 0.25, input, classes: 10, dropout: 0.5, ...choice });

const networks = {
  AlexNet: architectureOf(),
  'AlexNet with batch normalisation': architectureOf({ normalization: 'batch' }),
  'LeNet-5': architectureOf({ id: 'lenet5' }),
  'the original AlexNet': architectureOf({
    ...{ id: 'alexnet-original', classes: 1000 },
    input: { height: 224, width: 224, channels: 3 },
  }),
};

const plansOf = (architecture: Architecture): StepPlan[] =>
  [
    planTraining(plainOptions(architecture)),
    planTraining({ ...richOptions(architecture), clipNorm: 1 }),
    planInference(architecture, 7, true),
  ].map((plan) => planStep(plan, hardware));

describe.each(Object.entries(networks))('the GPU plans of %s', (_, architecture) => {
  it('name a buffer of known size for every operand of every variant', () => {
    for (const plan of plansOf(architecture)) {
      for (const [index, node] of plan.nodes.entries()) {
        for (const variant of node.operation.variants) {
          for (const { shader, bufferName } of stagesOf(node, index, () => variant)) {
            for (const operand of shader.operands) {
              const known = plan.buffers.has(bufferName(operand)) || operand in variant.scratch;
              expect(known, `${node.layer} ${shader.label}: ${operand}`).toBe(true);
            }
          }
        }
      }
    }
  });

  it('fold into their products all that is elementwise, but what waits for parts to be joined', () => {
    for (const { nodes } of plansOf(architecture)) {
      const alone = nodes.filter(({ operation }) => operation.op === 'elementwise');
      const grouped = architecture.layers.some(({ kind, ...l }) => 'groups' in l && l.groups > 1);
      const normalized = architecture.layers.some(({ kind }) => kind === 'batchNorm');
      if (!grouped && !normalized) expect(alone.map(({ layer }) => layer)).toEqual([]);
    }
  });
});

describe('the GPU plan of a training step', () => {
  it('needs at most 1.3 times the weights, moments, gradients and activations at width 1', () => {
    const architecture = architectureOf({ width: 1 });
    const plan = planStep(planTraining(plainOptions(architecture, 100)), hardware);
    const stages = plan.nodes.flatMap((node, index) => stagesOf(node, index, likeliest));
    const shared = memoryOf(plan, stages).places.reduce((sum, bytes) => sum + bytes, 0);
    const kept = [...plan.buffers]
      .filter(([name, { life }]) => life === 'kept' && !['pixels', 'labels'].includes(name))
      .reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const estimate = estimateTrainingMemory(describeNetwork(architecture), 100);
    expect(shared + kept).toBeLessThan(1.3 * estimate.totalBytes);
  });

  it('counts the FLOPs of the products as the mathematics does', () => {
    const products = ['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient', 'matMul'];
    const { layers, multiplyAdds } = describeNetwork(networks.AlexNet);
    const flops = planStep(planTraining(plainOptions(networks.AlexNet, 10)), hardware)
      .nodes.filter(({ operation }) => products.includes(operation.op))
      .reduce((sum, { operation }) => sum + operation.flops, 0);
    expect(flops).toBe(2 * 10 * (3 * multiplyAdds - (layers[0]?.multiplyAdds ?? 0)));
  });
});
