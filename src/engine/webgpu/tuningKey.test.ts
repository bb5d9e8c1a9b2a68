import { describe, expect, it } from 'vitest';
import type { Operation } from './operation.ts';
import { browserVersion, type Machine, tuningKey } from './tuningKey.ts';

const machine: Machine = {
  ...{ vendor: 'nvidia', architecture: 'ampere', description: 'A card' },
  browser: 'Chromium 156',
};
const operation: Operation = { op: 'conv2d', shape: '8x8', flops: 1, bytes: 1, variants: [] };

describe('the key of a measurement', () => {
  it('is the same for the same question', () => {
    expect(tuningKey({ ...machine }, { ...operation, flops: 2 })).toBe(
      tuningKey(machine, operation),
    );
  });

  it('tells machines, browsers and operations apart', () => {
    const keys = [
      tuningKey(machine, operation),
      tuningKey({ ...machine, vendor: 'amd' }, operation),
      tuningKey({ ...machine, architecture: 'turing' }, operation),
      tuningKey({ ...machine, description: 'Another card' }, operation),
      tuningKey({ ...machine, browser: 'Chromium 157' }, operation),
      tuningKey(machine, { ...operation, op: 'matMul' }),
      tuningKey(machine, { ...operation, shape: '8x9' }),
      // A border between two parts that moved.
      tuningKey({ ...machine, vendor: 'nvidiaampere', architecture: '' }, operation),
    ];
    expect(new Set(keys).size).toBe(keys.length);
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
