import { describe, expect, it } from 'vitest';
import type { AdapterReport } from '../../../domain/engineReport.ts';
import { adapterName, engineNote } from './selectors.ts';

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
