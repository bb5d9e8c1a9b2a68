import { describe, expect, it } from 'vitest';
import { resolvePlace } from './lockfile.mjs';
import { billOfMaterials } from './sbom.mjs';

const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

/** An app that ships `@a/one` with its own `two`, and is built with another `two`. */
const packages = {
  '': { name: 'app', version: '1.0.0', license: 'MIT', dependencies: { '@a/one': '1.0.0' } },
  'node_modules/@a/one': {
    ...{ version: '1.0.0', license: 'MIT', integrity },
    dependencies: { two: '^1.0.0', three: '*' },
  },
  'node_modules/@a/one/node_modules/two': {
    ...{ version: '1.5.0', license: '(MIT OR CC0-1.0)', integrity },
    peerDependencies: { three: '*' },
  },
  'node_modules/two': { version: '2.0.0', license: 'ISC', integrity },
  'node_modules/three': { version: '3.0.0', license: 'ISC', integrity },
  'node_modules/tool': { version: '4.0.0', license: 'ISC', integrity, dev: true },
};
const shipped = ['node_modules/@a/one', 'node_modules/@a/one/node_modules/two'];

describe('the bill of materials', () => {
  it('lists what is shipped and what builds it, but nothing for development alone', () => {
    const { components } = billOfMaterials(packages, shipped);
    expect(components.map(({ purl, scope }) => [purl, scope])).toEqual([
      ['pkg:npm/%40a/one@1.0.0', 'required'],
      ['pkg:npm/three@3.0.0', 'excluded'],
      ['pkg:npm/two@1.5.0', 'required'],
      ['pkg:npm/two@2.0.0', 'excluded'],
    ]);
  });

  it('has the hash and the licence of each', () => {
    const [one, , two] = billOfMaterials(packages, shipped).components;
    expect(one?.hashes).toEqual([{ alg: 'SHA-512', content: '01'.repeat(64) }]);
    expect(one?.licenses).toEqual([{ license: { id: 'MIT' } }]);
    expect(two?.licenses).toEqual([{ expression: '(MIT OR CC0-1.0)' }]);
  });

  it('says who depends on which version', () => {
    expect(billOfMaterials(packages, shipped).dependencies).toEqual([
      { ref: 'pkg:npm/%40a/one@1.0.0', dependsOn: ['pkg:npm/three@3.0.0', 'pkg:npm/two@1.5.0'] },
      { ref: 'pkg:npm/app@1.0.0', dependsOn: ['pkg:npm/%40a/one@1.0.0'] },
      { ref: 'pkg:npm/three@3.0.0', dependsOn: [] },
      { ref: 'pkg:npm/two@1.5.0', dependsOn: ['pkg:npm/three@3.0.0'] },
      { ref: 'pkg:npm/two@2.0.0', dependsOn: [] },
    ]);
  });

  it('lists a package for development that is shipped nevertheless', () => {
    const { components } = billOfMaterials(packages, [...shipped, 'node_modules/tool']);
    expect(components.map(({ name }) => name)).toContain('tool');
  });

  it('is refused where something is shipped that is not locked', () => {
    expect(() => billOfMaterials(packages, ['node_modules/stray'])).toThrow(/stray/);
  });
});

describe('a dependency', () => {
  it.each([
    ['', 'two', 'node_modules/two'],
    ['node_modules/@a/one', 'two', 'node_modules/@a/one/node_modules/two'],
    ['node_modules/@a/one/node_modules/two', 'three', 'node_modules/three'],
    ['node_modules/three', 'none', undefined],
  ])('is found from %j as Node finds it', (from, name, place) => {
    expect(resolvePlace(packages, from, name)).toBe(place);
  });
});
