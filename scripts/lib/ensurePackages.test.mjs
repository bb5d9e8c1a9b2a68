import { describe, expect, it } from 'vitest';
import { missingPackages } from './ensurePackages.mjs';

const locked = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' },
    'node_modules/vitest': { version: '4.1.12', integrity: 'sha512-b', dev: true },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-c', optional: true },
  },
};
const react = locked.packages['node_modules/react'];

describe('missingPackages', () => {
  it('names everything where nothing is installed', () => {
    expect(missingPackages(locked, {}, { dev: true })).toEqual([
      'node_modules/react',
      'node_modules/vitest',
    ]);
  });

  it('does not ask for what only development needs, nor for other systems', () => {
    const installed = { packages: { 'node_modules/react': react } };

    expect(missingPackages(locked, installed, { dev: false })).toEqual([]);
    expect(missingPackages(locked, installed, { dev: true })).toEqual(['node_modules/vitest']);
  });

  it('names a package that is there in another version', () => {
    const installed = { packages: { 'node_modules/react': { ...react, version: '19.0.0' } } };

    expect(missingPackages(locked, installed, { dev: false })).toEqual(['node_modules/react']);
  });
});
