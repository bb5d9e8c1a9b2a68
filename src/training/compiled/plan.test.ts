import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  type ArchitectureId,
  buildArchitecture,
  originalAlexnet,
} from '../../domain/architecture.ts';
import { ADAM } from '../../domain/optimizerRule.ts';
import { describeNetwork, estimateTrainingMemory } from '../../domain/shapes.ts';
import { assert } from '../../util/assert.ts';
import { memoryOf, stagesOf } from './compiledStep.ts';
import { whyNotCompiled } from './layerPlans.ts';
import { planStep } from './plan.ts';

const input = { height: 28, width: 28, channels: 1 };
const hardware = { software: false, subgroups: true };

const architectureOf = (id: ArchitectureId, width = 1) =>
  buildArchitecture({ id, width, input, classes: 10, dropout: 0.5 });

function planOf(architecture = architectureOf('alexnet'), batchSize = 100, clipNorm?: number) {
  return planStep({
    architecture,
    batchSize,
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    rule: ADAM,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    traits: hardware,
    imageCount: 60_000,
    metricSlots: 64,
  });
}

/** With everything that a recipe may add. */
function richPlanOf(architecture: Architecture) {
  return planStep({
    ...{ architecture, batchSize: 32, traits: hardware, imageCount: 100, metricSlots: 64 },
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    augment: { image: input, bends: true, thickens: true },
    ...{ labelSmoothing: 0.1, rule: { ...ADAM, kind: 'adamw' }, averages: true },
  });
}

describe('the plan of a training step', () => {
  it('counts the FLOPs of the products: forward, and twice that backward but for the first layer', () => {
    const products = ['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient', 'matMul'];
    const flops = planOf()
      .nodes.filter(({ operation }) => products.includes(operation.op))
      .reduce((sum, { operation }) => sum + operation.flops, 0);
    const { layers, multiplyAdds } = describeNetwork(architectureOf('alexnet'));
    const first = layers[0]?.multiplyAdds ?? 0;
    expect(flops).toBe(2 * 100 * (3 * multiplyAdds - first));
  });

  it('names a buffer of known size for every operand of every variant', () => {
    const plans = [architectureOf('alexnet', 0.25), architectureOf('lenet5')].flatMap(
      (architecture) => [planOf(architecture, 32), richPlanOf(architecture)],
    );
    for (const plan of plans) {
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

  it('needs at most 1.3 times the weights, moments, gradients and activations at width 1', () => {
    const plan = planOf();
    const stages = plan.nodes.flatMap((node, index) =>
      stagesOf(node, index, ({ variants }) => {
        const [first] = variants;
        assert(first, 'every operation has a variant');
        return first;
      }),
    );
    const shared = memoryOf(plan, stages).places.reduce((sum, bytes) => sum + bytes, 0);
    const kept = [...plan.buffers]
      .filter(([name, { life }]) => life === 'kept' && !['pixels', 'labels'].includes(name))
      .reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const estimate = estimateTrainingMemory(describeNetwork(architectureOf('alexnet')), 100);
    expect(shared + kept).toBeLessThan(1.3 * estimate.totalBytes);
  });

  it('updates a weight as soon as its gradient is there, or all at the end if they are clipped', () => {
    const firstUpdate = (clipNorm?: number) => {
      const { nodes } = planOf(architectureOf('lenet5'), 8, clipNorm);
      const first = nodes.findIndex(({ operation }) => operation.op === 'optimizer');
      return nodes.slice(first).filter(({ phase }) => phase === 'backward').length;
    };
    expect(firstUpdate()).toBeGreaterThan(0);
    expect(firstUpdate(1)).toBe(0);
  });

  it('lets kernels decay, and no bias', () => {
    const updates = richPlanOf(architectureOf('lenet5')).nodes.filter(
      ({ phase }) => phase === 'update',
    );
    for (const { layer, operation } of updates) {
      expect(operation.shape.split(' ')[1], layer).toMatch(/bias/.test(layer) ? 'adam,' : 'adamw,');
    }
    expect(updates.length).toBeGreaterThan(0);
  });

  it('says which networks the tape has to train', () => {
    expect(whyNotCompiled(architectureOf('alexnet'))).toBeUndefined();
    expect(whyNotCompiled(architectureOf('lenet5'))).toBeUndefined();
    expect(whyNotCompiled(originalAlexnet)).toBe('conv2: grouped convolution');
  });
});
