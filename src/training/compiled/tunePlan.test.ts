import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../domain/architecture.ts';
import { ADAM } from '../../domain/optimizerRule.ts';
import { planStep } from './plan.ts';
import { tunedOperations } from './tunePlan.ts';

describe('the operations of a plan that are tuned', () => {
  const plan = planStep({
    architecture: buildArchitecture({
      ...{ id: 'alexnet', width: 1 / 8, classes: 10, dropout: 0.5 },
      input: { height: 28, width: 28, channels: 1 },
    }),
    batchSize: 20,
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    rule: ADAM,
    traits: { software: false, subgroups: true, maxWorkgroupsPerDimension: 65_535 },
    imageCount: 100,
    metricSlots: 64,
  });
  const tuned = tunedOperations(plan);

  it('have room for whatever their shaders bind', () => {
    for (const { operation, operandBytes } of tuned) {
      for (const { scratch, shaders } of operation.variants) {
        const bytes = { ...operandBytes, ...scratch };
        for (const operand of shaders.flatMap(({ operands }) => operands)) {
          expect(bytes[operand], `${operand} of ${operation.op}`).toBeGreaterThan(0);
        }
      }
    }
  });

  it('are told apart by their name and shape', () => {
    const sizes = new Map<string, string>();
    for (const { operation, operandBytes } of tuned) {
      const name = `${operation.op} ${operation.shape}`;
      const said = JSON.stringify([
        Object.entries(operandBytes).sort(),
        operation.variants.map((variant) => variant.name),
      ]);
      expect(said).toBe(sizes.get(name) ?? said);
      sizes.set(name, said);
    }
  });
});
