import { describe, expect, it } from 'vitest';
import { bytesOf, type Value } from '../../domain/architecture/operation.ts';
import { architectureOf, seedRecipe } from '../../domain/recipe/recipe.ts';
import type { Argument } from '../../engine/wasm/lowering/calls.ts';
import { planInference } from '../plan/inferencePlan.ts';
import { richOptions } from '../plan/testing/options.ts';
import { planTraining } from '../plan/trainingPlan.ts';
import {
  type CallPlan,
  layOutLasting,
  layOutTransients,
  planCalls,
  resolveCalls,
} from './callPlan.ts';

const recipe = { ...seedRecipe, width: 1 / 8 };
const mnist = { height: 28, width: 28, channels: 1 };

function plans(architecture: 'alexnet' | 'lenet5', batchSize = 7) {
  const options = richOptions(architectureOf({ ...recipe, architecture }, mnist, 10), batchSize);
  const step = planCalls(planTraining(options), 1);
  const reading = planCalls(planInference(options.architecture, batchSize, true), 1);
  const lasting = layOutLasting([step, reading], [], 3, 64);
  return [step, reading].map((plan) => ({ plan, layout: layOutTransients(plan, lasting) }));
}

const valuesOf = (args: readonly Argument[]): Value[] =>
  args.flatMap((argument) => {
    if (typeof argument === 'number' || 'scratchBytes' in argument) return [];
    return ['within' in argument ? argument.within : argument];
  });

const transientsOf = ({ calls }: CallPlan) =>
  new Map(
    calls
      .flatMap(({ args }) => valuesOf(args))
      .filter(({ lasts }) => !lasts)
      .map((value) => [value.name, value]),
  );

describe.each(['alexnet', 'lenet5'] as const)('the calls of %s', (architecture) => {
  it('never touch one place through two values', () => {
    for (const { plan, layout } of plans(architecture)) {
      for (const { args } of plan.calls) {
        const byName = new Map(valuesOf(args).map((value) => [value.name, value]));
        const spans = [...byName]
          .map(([name, value]) => ({ from: layout.addressOf.get(name), bytes: bytesOf(value) }))
          .sort((a, b) => Number(a.from) - Number(b.from));
        for (const [i, { from }] of spans.entries()) {
          const before = spans[i - 1];
          if (before) expect(from).toBeGreaterThanOrEqual(Number(before.from) + before.bytes + 32);
        }
      }
    }
  });

  it('write every value before they read it', () => {
    for (const { plan } of plans(architecture)) {
      const written = new Set<string>(['images']);
      for (const { kernel, args } of plan.calls) {
        const names = valuesOf(args).filter(({ lasts }) => !lasts);
        const fresh = names.filter(({ name }) => !written.has(name));
        // A call makes one result, or a second one beside it: positions, labels, figures.
        expect(fresh.length, kernel).toBeLessThanOrEqual(3);
        for (const { name } of names) written.add(name);
      }
      expect(plan.results.every(({ name }) => written.has(name))).toBe(true);
    }
  });

  it('lie within the memory, and a shorter batch fits into the same one', () => {
    const whole = plans(architecture);
    for (const batch of [7, 3, 1]) {
      for (const [i, { plan }] of plans(architecture, batch).entries()) {
        const layout = whole[i]?.layout;
        if (!layout) expect.fail('both plans are laid out');
        const sizes = transientsOf(whole[i]?.plan ?? plan);
        for (const [name, value] of transientsOf(plan)) {
          const address = layout.addressOf.get(name) ?? Number.NaN;
          expect(address + bytesOf(value)).toBeLessThanOrEqual(layout.totalBytes);
          expect(bytesOf(value)).toBeLessThanOrEqual(bytesOf(sizes.get(name) ?? value));
        }
        expect(resolveCalls(plan, layout)).toHaveLength(plan.calls.length);
      }
    }
  });
});
