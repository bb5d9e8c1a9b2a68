import { describe, expect, it } from 'vitest';
import type { AdapterReport } from '../domain/machine/engineReport.ts';
import { describeAdapter } from './adapter.ts';
import { chooseEngine, startEngine } from './engines.ts';

const adapter = (software: boolean): AdapterReport => ({
  vendor: 'acme',
  architecture: 'rocket',
  description: '',
  software,
  features: [],
  maxBufferBytes: 2 ** 28,
  maxStorageBindingBytes: 2 ** 27,
});

describe('auto', () => {
  it.each([
    ['a hardware adapter', adapter(false), true, 'webgpu', 'hardwareAdapter'],
    ['a software adapter', adapter(true), true, 'wasm', 'softwareAdapter'],
    ['no adapter', undefined, true, 'wasm', 'noAdapter'],
    ['no WebGPU', undefined, false, 'wasm', 'noWebgpu'],
  ] as const)('with %s', (_, found, webgpuThere, name, reason) => {
    expect(chooseEngine('auto', found, webgpuThere)).toEqual({ name, reason });
  });
});

describe('a choice', () => {
  it('is kept, whatever the machine has', () => {
    expect(chooseEngine('webgpu', adapter(true), true)).toEqual({
      name: 'webgpu',
      reason: 'chosen',
    });
    expect(chooseEngine('webgl', adapter(false), true)).toEqual({
      name: 'webgl',
      reason: 'chosen',
    });
  });

  it('that cannot start is refused with the problem, not replaced', async () => {
    await expect(startEngine('webgpu', () => undefined)).rejects.toMatchObject({
      code: 'engine.unavailable',
      params: { engine: 'webgpu', problem: 'this browser has no WebGPU' },
    });
  });
});

describe('an adapter', () => {
  const withInfo = (info: Partial<GPUAdapterInfo>) =>
    describeAdapter({
      info: {
        vendor: 'nvidia',
        architecture: 'ampere',
        device: '',
        description: '',
        isFallbackAdapter: false,
        ...info,
      } as GPUAdapterInfo,
      features: new Set(['subgroups', 'shader-f16']) as unknown as GPUSupportedFeatures,
      limits: { maxBufferSize: 4, maxStorageBufferBindingSize: 2 } as GPUSupportedLimits,
    });

  it('is described by its names, features and limits', () => {
    expect(withInfo({})).toEqual({
      vendor: 'nvidia',
      architecture: 'ampere',
      description: '',
      software: false,
      features: ['shader-f16', 'subgroups'],
      maxBufferBytes: 4,
      maxStorageBindingBytes: 2,
    });
  });

  it.each([
    { isFallbackAdapter: true },
    { vendor: 'google', architecture: 'swiftshader' },
    { vendor: 'mesa', description: 'llvmpipe (LLVM 17.0.6, 256 bits)' },
    { description: 'Microsoft Basic Render Driver' },
  ])('is a processor in disguise: %o', (info) => {
    expect(withInfo(info).software).toBe(true);
  });
});
