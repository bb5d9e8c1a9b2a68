import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildArchitecture,
  trainableArchitectures,
} from '../../../domain/architecture/architecture.ts';
import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import { imageSides } from '../../../domain/pictures/imageSides.ts';
import { recipeRanges } from '../../../domain/recipe/recipe.ts';
import { planInference } from '../../../training/plan/inferencePlan.ts';
import { conv2d } from '../kernels/conv2d.ts';
import { conv2dFilterGradient } from '../kernels/conv2dFilterGradient.ts';
import { conv2dInputGradient } from '../kernels/conv2dInputGradient.ts';

import { type MatMulShape, matMul } from '../kernels/matMul.ts';
import type { Operation } from '../operation.ts';
import { MOST_WORKGROUPS } from '../wgsl.ts';

const adapters = [true, false].flatMap((software) =>
  [true, false].map((subgroups) => ({ software, subgroups })),
);

/** Each has a way to compute it that every device takes. */
function expectVariants(makers: ((traits: (typeof adapters)[number]) => Operation)[]): void {
  for (const traits of adapters) {
    for (const make of makers) {
      const { op, shape, variants } = make(traits);
      const name = `${op} ${shape}, ${JSON.stringify(traits)}`;
      expect(variants.length, name).toBeGreaterThan(0);
      expect(new Set(variants.map((variant) => variant.name)).size, name).toBe(variants.length);
      for (const { workgroups } of variants.flatMap(({ shaders }) => shaders)) {
        expect(Math.max(...workgroups), name).toBeLessThanOrEqual(MOST_WORKGROUPS);
        expect(Math.min(...workgroups), name).toBeGreaterThan(0);
      }
    }
  }
}

const side = fc.integer(imageSides);
const networks = fc.record({
  id: fc.constantFrom(...trainableArchitectures),
  width: fc.double({ ...recipeRanges.width, noNaN: true }),
  batch: fc.oneof(fc.integer(recipeRanges.batchSize), fc.constant(recipeRanges.batchSize.max)),
  height: side,
  imageWidth: side,
  channels: fc.constantFrom(1, 3),
});
type Chosen = typeof networks extends fc.Arbitrary<infer T> ? T : never;

function convolutionsOf({
  id,
  width,
  height,
  imageWidth,
  channels,
  batch,
}: Chosen): ConvGeometry[] {
  const input = { height, width: imageWidth, channels };
  const architecture = buildArchitecture({ id, width, input, classes: 10, dropout: 0.5 });
  const { operations } = planInference(architecture, batch, false);
  return operations.flatMap((operation) => (operation.kind === 'conv2d' ? [operation.of] : []));
}

describe('every kind of adapter has a variant', () => {
  const { max } = imageSides;
  const largest: Chosen = {
    ...{ id: 'alexnet', width: 1, batch: recipeRanges.batchSize.max, channels: 3 },
    ...{ height: max, imageWidth: max },
  };

  it('of every convolution that a recipe may ask for, and its gradients', () => {
    fc.assert(
      fc.property(networks, (chosen) => {
        for (const g of convolutionsOf(chosen)) {
          expectVariants([
            (traits) => conv2d(g, traits),
            (traits) => conv2dInputGradient(g, traits),
            (traits) => conv2dFilterGradient(g, traits),
          ]);
        }
      }),
      { numRuns: 25, examples: [[largest], [{ ...largest, batch: 512, width: 1 / 16 }]] },
    );
  });

  it('of products of any extents, whichever is the long one', () => {
    const extent = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5e6 }));
    const shapes = fc
      .record({ rows: extent, columns: extent, depth: extent, batches: extent })
      .filter(({ rows, columns, batches }) => rows * columns * batches < 2 ** 31);
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.boolean(), (extents, transposeA, transposeB) => {
        const shape: MatMulShape = { ...extents, transposeA, transposeB };
        expectVariants([(traits) => matMul(shape, traits)]);
      }),
      { numRuns: 50 },
    );
  });
});
