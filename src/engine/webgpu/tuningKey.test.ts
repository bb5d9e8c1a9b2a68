import { describe, expect, it } from 'vitest';
import type { Operation, Shader, Variant } from './operation.ts';
import { browserVersion, type Machine, machineOf, tuningKey } from './tuningKey.ts';

const machine: Machine = {
  ...{ vendor: 'nvidia', architecture: 'ampere', description: 'A card' },
  ...{ features: ['subgroups'], limits: { maxBufferSize: 1, maxBindGroups: 4 } },
  browser: 'Chromium 156',
};
const shader: Shader = { label: 'a', wgsl: 'fn main() {}', operands: ['x'], workgroups: [1, 2, 1] };
const variant: Variant = { name: 'plain', shaders: [shader], scratch: { room: 16 } };
const operation: Operation = {
  op: 'conv2d',
  shape: '8x8',
  flops: 1,
  bytes: 1,
  variants: [variant],
};

const withVariant = (changes: Partial<Variant>) => ({
  ...operation,
  variants: [{ ...variant, ...changes }],
});
const withShader = (changes: Partial<Shader>) =>
  withVariant({ shaders: [{ ...shader, ...changes }] });

describe('the key of a measurement', () => {
  it('is the same for the same question, whatever it is called', () => {
    const key = tuningKey(machine, operation);
    expect(tuningKey({ ...machine }, { ...operation, flops: 2, shape: '9x9' })).toBe(key);
    expect(tuningKey(machine, withShader({ label: 'b' }))).toBe(key);
  });

  it('tells machines, browsers and operations apart', () => {
    const keys = [
      tuningKey(machine, operation),
      tuningKey({ ...machine, vendor: 'amd' }, operation),
      tuningKey({ ...machine, architecture: 'turing' }, operation),
      tuningKey({ ...machine, description: 'Another card' }, operation),
      tuningKey({ ...machine, browser: 'Chromium 157' }, operation),
      tuningKey({ ...machine, features: ['subgroups', 'timestamp-query'] }, operation),
      tuningKey({ ...machine, limits: { ...machine.limits, maxBufferSize: 2 } }, operation),
      tuningKey(machine, { ...operation, op: 'matMul' }),
      tuningKey(machine, { ...operation, variants: [variant, { ...variant, name: 'other' }] }),
      tuningKey(machine, withVariant({ name: 'other' })),
      tuningKey(machine, withVariant({ scratch: { room: 32 } })),
      tuningKey(machine, withShader({ wgsl: 'fn main() { }' })),
      tuningKey(machine, withShader({ workgroups: [2, 1, 1] })),
      tuningKey(machine, withShader({ operands: ['y'] })),
      // A border between two parts that moved.
      tuningKey({ ...machine, vendor: 'nvidiaampere', architecture: '' }, operation),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the machine', () => {
  it('is told by its names, and by what its device was opened with', () => {
    // As in browsers, where limits are attributes of the prototype.
    const limits = Object.create({ maxBufferSize: 7 }) as GPUSupportedLimits;
    const features = new Set(['timestamp-query', 'subgroups']) as ReadonlySet<string>;
    const adapter = {
      ...{ vendor: 'v', architecture: 'a', description: 'd', software: false },
      ...{ features: [], maxBufferBytes: 1, maxStorageBindingBytes: 1 },
    };
    expect(machineOf(adapter, { features, limits } as GPUDevice, 'b')).toEqual({
      ...{ vendor: 'v', architecture: 'a', description: 'd', browser: 'b' },
      ...{ features: ['subgroups', 'timestamp-query'], limits: { maxBufferSize: 7 } },
    });
  });
});

describe('the browser', () => {
  it('is named by its brands, whatever their order, without the one that stands for none', () => {
    const brands = [
      { brand: 'Not;A=Brand', version: '8' },
      { brand: 'Google Chrome', version: '156' },
      { brand: 'Chromium', version: '156' },
    ];
    const words = 'Chromium 156, Google Chrome 156';
    expect(browserVersion({ userAgent: 'x', userAgentData: { brands } })).toBe(words);
    expect(browserVersion({ userAgent: 'x', userAgentData: { brands: brands.toReversed() } })).toBe(
      words,
    );
  });

  it('is named by its user agent where it has no brands', () => {
    expect(browserVersion({ userAgent: 'Mozilla/5.0 Firefox/150.0' })).toContain('Firefox/150');
    expect(browserVersion({ userAgent: 'x', userAgentData: { brands: [] } })).toBe('x');
  });
});
