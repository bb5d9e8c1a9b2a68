import { describe, expect, it } from 'vitest';
import { eachInjects } from '../../src/util/testing/faults.ts';
import { readSupplyChain, supplyChainProblems } from './supplyChain.mjs';

/** @typedef {import('./supplyChain.mjs').SupplyChain} SupplyChain */

describe.each(['', 'bench/contestants/jax/', 'bench/hosts/dawn/', 'interop/onnxruntime/'])(
  'the packages of /%s',
  (folder) => {
    it('are pinned, with a hash each, and run nothing when they are installed', async () => {
      const chain = await readSupplyChain(folder);
      expect(Object.keys(chain.direct).length).toBeGreaterThan(0);
      expect(Object.keys(chain.packages).length).toBeGreaterThan(Object.keys(chain.direct).length);
      expect(supplyChainProblems(chain)).toEqual([]);
    });
  },
);

/** @param {SupplyChain} chain @param {string} place @param {object} change */
const withLocked = ({ packages, ...rest }, place, change) => ({
  ...rest,
  packages: { ...packages, [place]: { version: '1.0.0', ...packages[place], ...change } },
});

/** @type {[string, (chain: SupplyChain) => SupplyChain, string][]} */
const faults = [
  [
    'a version that may move',
    (chain) => ({ ...chain, direct: { ...chain.direct, react: '^19.3.1' } }),
    'react is not pinned: ^19.3.1',
  ],
  [
    'a package that is asked for and not locked',
    (chain) => ({ ...chain, direct: { ...chain.direct, stray: '1.0.0' } }),
    'stray is locked in another version than 1.0.0',
  ],
  [
    'a lockfile that is behind',
    (chain) => withLocked(chain, 'node_modules/react', { version: '19.0.0' }),
    'react is locked in another version than',
  ],
  [
    'a package that nobody asks for any more',
    ({ direct: { react, ...direct }, ...chain }) => ({ ...chain, direct }),
    'react is locked and not asked for',
  ],
  [
    'a package without a hash',
    (chain) => withLocked(chain, 'node_modules/react', { integrity: undefined }),
    'node_modules/react has no SHA-512 hash',
  ],
  [
    'a weak hash',
    (chain) => withLocked(chain, 'node_modules/react', { integrity: 'sha1-AAAA' }),
    'node_modules/react has no SHA-512 hash',
  ],
  [
    'a package from a place of its own',
    (chain) => withLocked(chain, 'node_modules/react', { resolved: 'git+ssh://host/react.git' }),
    'node_modules/react names where it comes from: git+ssh://host/react.git',
  ],
  [
    'a new install script, in the lockfile',
    (chain) => withLocked(chain, 'node_modules/react', { hasInstallScript: true }),
    'node_modules/react has an install script that nobody looked at',
  ],
  [
    'a new install script that the lockfile hides',
    (chain) => ({ ...chain, installed: ['node_modules/react'] }),
    'node_modules/react has an install script that nobody looked at',
  ],
  [
    'a list of install scripts that is behind',
    (chain) => ({ ...chain, known: { ...chain.known, 'node_modules/gone': 'It was fine.' } }),
    'node_modules/gone is listed for its install script and not locked',
  ],
  [
    'install scripts that run',
    (chain) => ({ ...chain, settings: ['save-exact=true'] }),
    '.npmrc does not say ignore-scripts=true',
  ],
];

describe('it is noticed', () => {
  eachInjects(28, 'a hole in the supply chain');

  it.each(faults)('%s', async (_, spoil, problem) => {
    const problems = supplyChainProblems(spoil(await readSupplyChain('')));
    expect(problems.join('\n')).toContain(problem);
  });
});
