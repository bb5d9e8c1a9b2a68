import { describe, expect, it } from 'vitest';
import { architectureOf, seedRecipe } from '../../domain/recipe.ts';
import { layOut, resolveCalls } from './callPlan.ts';
import { planCalls } from './stepCalls.ts';

const recipe = { ...seedRecipe, width: 1 / 8 };

function plan(architecture: 'alexnet' | 'lenet5', batchSize = 7) {
  return planCalls({
    architecture: architectureOf(
      { ...recipe, architecture },
      { height: 28, width: 28, channels: 1 },
      10,
    ),
    ...{ batchSize, imageCount: 50, seed: 1, metricSlots: 16 },
    augment: { image: { height: 28, width: 28, channels: 1 }, bends: true, thickens: true },
    scaling: { offset: 0, factor: 1 / 255 },
    ...{ labelSmoothing: 0.1, decays: true, averages: true },
  });
}

describe.each(['alexnet', 'lenet5'] as const)('the calls of a step of %s', (architecture) => {
  it('never touch one place through two buffers', () => {
    const planned = plan(architecture);
    const { addressOf } = layOut(planned, 3, 64);
    const bytes = new Map([...planned.kept, ...planned.transient]);
    for (const { args } of planned.calls) {
      const names = [...new Set(args.filter((arg) => typeof arg === 'string'))];
      const spans = names
        .filter((name) => bytes.has(name))
        .map((name) => ({ from: addressOf.get(name) ?? 0, bytes: bytes.get(name) ?? 0 }))
        .sort((a, b) => a.from - b.from);
      for (const [i, { from }] of spans.entries()) {
        const before = spans[i - 1];
        if (before) expect(from).toBeGreaterThanOrEqual(before.from + before.bytes + 32);
      }
    }
  });

  it('write every buffer before they read it', () => {
    const planned = plan(architecture);
    const written = new Set<string>();
    for (const { kernel, args } of planned.calls) {
      const names = args.filter(
        (arg): arg is string => typeof arg === 'string' && planned.transient.has(arg),
      );
      const fresh = names.filter((name) => !written.has(name));
      // A call makes one result, or a second one beside it: positions, labels, figures.
      expect(fresh.length, kernel).toBeLessThanOrEqual(3);
      for (const name of names) written.add(name);
    }
    expect([...planned.transient.keys()].filter((name) => !written.has(name))).toEqual([]);
  });

  it('lie within the memory, and a shorter batch fits into the same one', () => {
    const planned = plan(architecture);
    const layout = layOut(planned, 3, 64);
    for (const batch of [7, 3, 1]) {
      const shorter = plan(architecture, batch);
      for (const [name, bytes] of [...shorter.kept, ...shorter.transient]) {
        const address = layout.addressOf.get(name) ?? Number.NaN;
        expect(address + bytes).toBeLessThanOrEqual(layout.totalBytes);
        const planned7 = planned.kept.get(name) ?? planned.transient.get(name) ?? 0;
        expect(bytes).toBeLessThanOrEqual(planned7);
      }
      expect(resolveCalls(shorter, layout)).toHaveLength(planned.calls.length);
      expect(shorter.scratchBytes).toBeLessThanOrEqual(planned.scratchBytes);
    }
  });
});
