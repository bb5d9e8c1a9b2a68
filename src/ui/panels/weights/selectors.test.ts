import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../app/store.ts';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { canExport, canImport } from './selectors.ts';

const initial = createWorkbenchStore(seedRecipe, 'auto').getState();

describe('weights', () => {
  it('cannot be taken away before there is a model', () => {
    expect(canExport({ ...initial, phase: 'idle' })).toBe(false);
  });

  it('can be brought in while nothing runs', () => {
    expect(canImport({ ...initial, phase: 'idle' })).toBe(true);
    expect(canImport({ ...initial, phase: 'paused' })).toBe(true);
    expect(canImport({ ...initial, phase: 'training' })).toBe(false);
  });
});
