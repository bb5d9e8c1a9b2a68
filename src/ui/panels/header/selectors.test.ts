import { describe, expect, it } from 'vitest';
import type { AdapterReport } from '../../../domain/machine/engineReport.ts';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { adapterName, engineNote, engineSeconds } from './selectors.ts';

const adapter: AdapterReport = {
  vendor: 'google',
  architecture: 'swiftshader',
  description: '',
  software: true,
  features: [],
  maxBufferBytes: 0,
  maxStorageBindingBytes: 0,
};

describe('the adapter', () => {
  it('is called by its description, or else by vendor and architecture', () => {
    expect(adapterName({ ...adapter, description: 'Radeon 780M' })).toBe('Radeon 780M');
    expect(adapterName(adapter)).toBe('google swiftshader');
    expect(adapterName({ ...adapter, architecture: '' })).toBe('google');
  });
});

describe('the time that a recipe takes', () => {
  const stateOn = (software: boolean) => ({
    engine: { name: 'wasm', reason: 'chosen', adapter: { ...adapter, software } } as const,
    recipe: seedRecipe,
    dataset: { status: 'absent' } as const,
  });

  it('is told for both engines where the processor does the work of both', () => {
    const [wasm = 0, webgpu = 0] = (['wasm', 'webgpu'] as const).map((choice) =>
      engineSeconds(choice, stateOn(true), 2),
    );
    expect(wasm).toBeGreaterThan(0);
    expect(webgpu).toBeGreaterThan(2 * wasm);
    expect(engineSeconds('wasm', stateOn(true), 4)).toBeCloseTo(wasm / 2);
  });

  it('is not told of other engines, nor where there is hardware', () => {
    expect(engineSeconds('cpu', stateOn(true), 2)).toBeUndefined();
    expect(engineSeconds('webgpu', stateOn(false), 2)).toBeUndefined();
  });
});

describe('the note on WebGPU', () => {
  it('warns where a processor plays the GPU', () => {
    const report = { name: 'wasm', reason: 'softwareAdapter', adapter } as const;
    expect(engineNote('webgpu', report)).toBe('webgpu.softwareNote');
    expect(engineNote('wasm', report)).toBe('wasm.note');
  });

  it('does not, where there is hardware or nothing is known', () => {
    const hardware = { ...adapter, software: false };
    const report = { name: 'webgpu', reason: 'hardwareAdapter', adapter: hardware } as const;
    expect(engineNote('webgpu', report)).toBe('webgpu.note');
    expect(engineNote('webgpu', undefined)).toBe('webgpu.note');
  });
});
