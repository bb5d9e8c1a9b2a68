import { expect, it } from 'vitest';
import { architectureOf, seedRecipe } from './recipe.ts';
import { estimatedSeconds } from './timeEstimate.ts';

/** A step of AlexNet at width 1/4 and batch 32 takes 75 ms on two cores, and 805 ms on SwiftShader. */
it('comes near to what was measured', () => {
  const recipe = { ...seedRecipe, width: 0.25 };
  const architecture = architectureOf(recipe, { height: 28, width: 28, channels: 1 }, 10);
  const step = (engine: 'wasm' | 'webgpu') => estimatedSeconds(engine, architecture, 32, 1, 2);
  expect(step('wasm') / 0.075).toBeGreaterThan(0.5);
  expect(step('wasm') / 0.075).toBeLessThan(2);
  expect(step('webgpu') / 0.805).toBeGreaterThan(0.5);
  expect(step('webgpu') / 0.805).toBeLessThan(2);
});
